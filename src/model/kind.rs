//! The closed lists: kinds of entity, predicates, statuses, qualifiers. Each has one table of its names.

/// What a named thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A commercial body.
    Enterprise,
    /// A body that is not commercial.
    Organization,
    /// A zone, park or base where industry is placed.
    Park,
    /// A named undertaking that is invested in, built, signed or run.
    Project,
    /// A named rule, plan, programme or campaign of a public body.
    Policy,
    /// A named industry, technology or product field.
    Industry,
    /// An administrative or geographic place.
    Place,
}

impl EntityKind {
    /// Every kind, in the order in which output lists them.
    pub const ALL: [Self; 7] =
        [Self::Enterprise, Self::Organization, Self::Park, Self::Project, Self::Policy, Self::Industry, Self::Place];

    /// Local name of the class in the ontology.
    pub fn name(self) -> &'static str {
        match self {
            Self::Enterprise => "Enterprise",
            Self::Organization => "Organization",
            Self::Park => "Park",
            Self::Project => "Project",
            Self::Policy => "Policy",
            Self::Industry => "Industry",
            Self::Place => "Place",
        }
    }

    /// The kind with that local name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How two things are related. Subjects and objects follow `ontology/parkgraph.ttl`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Predicate {
    /// The whole sum of a project, park or group.
    TotalInvestment,
    /// A sum for one year or phase.
    PlannedInvestment,
    /// A sum already spent.
    CompletedInvestment,
    /// Who invests in, builds, signs for or runs it.
    Investor,
    /// The park or place where it is.
    LocatedIn,
    /// The field it works in or targets.
    Industry,
    /// The body whose authority issued a policy.
    IssuedBy,
    /// The group under which a project is listed.
    MemberOf,
    /// Signed or stated cooperation.
    Partner,
    /// An honour, list or grade that is held.
    Designation,
    /// The latest stage of a project.
    Status,
}

impl Predicate {
    /// Every predicate, in the order in which output lists them.
    pub const ALL: [Self; 11] = [
        Self::TotalInvestment,
        Self::PlannedInvestment,
        Self::CompletedInvestment,
        Self::Investor,
        Self::LocatedIn,
        Self::Industry,
        Self::IssuedBy,
        Self::MemberOf,
        Self::Partner,
        Self::Designation,
        Self::Status,
    ];

    /// Local name of the property in the ontology.
    pub fn name(self) -> &'static str {
        match self {
            Self::TotalInvestment => "totalInvestment",
            Self::PlannedInvestment => "plannedInvestment",
            Self::CompletedInvestment => "completedInvestment",
            Self::Investor => "investor",
            Self::LocatedIn => "locatedIn",
            Self::Industry => "industry",
            Self::IssuedBy => "issuedBy",
            Self::MemberOf => "memberOf",
            Self::Partner => "partner",
            Self::Designation => "designation",
            Self::Status => "status",
        }
    }

    /// The predicate with that local name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|predicate| predicate.name() == name)
    }
}

/// The stages of a project's life, from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Intended: 谋划, 拟建, a start still to come.
    Planned,
    /// Signed or settled: 签约, 落户.
    Signed,
    /// Ground broken: 开工, 奠基.
    Started,
    /// Being built: 在建, 加快建设.
    UnderConstruction,
    /// Built: 建成, 竣工, 交付.
    Completed,
    /// In use: 投产, 运营, 启用.
    Operating,
}

impl Status {
    /// Every status in order of a project's life.
    pub const ALL: [Self; 6] =
        [Self::Planned, Self::Signed, Self::Started, Self::UnderConstruction, Self::Completed, Self::Operating];

    /// Local name of the individual in the ontology.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Signed => "signed",
            Self::Started => "started",
            Self::UnderConstruction => "underConstruction",
            Self::Completed => "completed",
            Self::Operating => "operating",
        }
    }

    /// The status with that local name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// How exact a sum is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Qualifier {
    /// 约, 近, 左右, 预计.
    About,
    /// 超, 以上, 突破, 余, 不低于.
    AtLeast,
    /// 以内, 不超过, 最高.
    AtMost,
}

impl Qualifier {
    /// Every qualifier.
    pub const ALL: [Self; 3] = [Self::About, Self::AtLeast, Self::AtMost];

    /// The literal written to the graph.
    pub fn name(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
        }
    }
}
