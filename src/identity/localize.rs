//! A reading → the forms that its things have, and what it claims about them.

use std::collections::{BTreeMap, BTreeSet};

use super::grammar::{Anatomy, Place};
use crate::lexicon::{Class, Lexicon};
use crate::model::{Entity, EntityId, EntityKind, Node, Predicate, Reading};
use crate::rdf::entity_iri;

/// Characters at the start of a text that say what it is about.
const LEAD: u32 = 200;

/// Parts of a form's name that only one document knows begin with this.
pub const OWN: char = '@';

/// Something that a document claims about a form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// It prefers this name, as printed.
    Preferred(String),
    /// It uses this other name, as printed.
    Other(String),
    /// It uses a bare name that means this where it is said.
    Alias(String),
    /// It says that this is the short name.
    Defined(String),
    /// It speaks of the thing in an article about this city.
    Scope(String),
    /// It gives the thing this investor and sum.
    Fact(String),
}

/// What one document says about identity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Local {
    /// The form of each entity of the reading, as an IRI.
    pub forms: Vec<String>,
    /// Claims by form.
    pub claims: BTreeMap<String, BTreeSet<Claim>>,
}

/// What a document is about.
struct Setting<'a> {
    key: &'a str,
    /// The city, as the gazetteer labels it.
    city: Option<&'static str>,
    /// Names of zones by type and weight.
    zones: BTreeMap<&'static str, BTreeMap<String, u32>>,
}

/// The forms of a reading's entities and its claims about them. A function of the reading alone.
pub fn localize(reading: &Reading) -> Local {
    let anatomies: Vec<Anatomy> =
        reading.entities.iter().map(|entity| Anatomy::of(entity.kind, preferred(entity))).collect();
    let setting = Setting::of(reading, &anatomies);
    let mut local = Local::default();
    for (entity, anatomy) in reading.entities.iter().zip(&anatomies) {
        let name = setting.form_name(entity.kind, preferred(entity), anatomy);
        let form = entity_iri(entity.kind, &name).into_string();
        let claims = local.claims.entry(form.clone()).or_default();
        claims.insert(Claim::Preferred(preferred(entity).to_owned()));
        for other in &entity.names[1..] {
            claims.insert(Claim::Other(other.clone()));
            let parts = Anatomy::of(entity.kind, other);
            if parts.is_bare(entity.kind) {
                let meant = setting.form_name(entity.kind, other, &parts);
                if !meant.contains(OWN) && meant != name {
                    claims.insert(Claim::Alias(meant));
                }
            } else if is_defined(reading, other) {
                claims.insert(Claim::Defined(other.clone()));
            }
        }
        if anatomy.place.is_none() && !matches!(entity.kind, EntityKind::Industry | EntityKind::Place) {
            claims.extend(setting.city.map(|city| Claim::Scope(city.to_owned())));
        }
        local.forms.push(form);
    }
    for (project, fact) in facts(reading) {
        if let Some(claims) = local.forms.get(project).and_then(|form| local.claims.get_mut(form)) {
            claims.insert(Claim::Fact(fact));
        }
    }
    local
}

fn preferred(entity: &Entity) -> &str {
    entity.names.first().map_or("", String::as_str)
}

/// True when some sentence says that `name` is short for something.
fn is_defined(reading: &Reading, name: &str) -> bool {
    reading.sentences.iter().any(|sentence| {
        sentence.text.match_indices("简称").any(|(at, word)| {
            let after =
                sentence.text[at + word.len()..].trim_start_matches(['为', ':', '：', '“', '"', '「', '‘', ' ']);
            after.starts_with(name)
        })
    })
}

/// Investor and sum of each project, by index of the project.
fn facts(reading: &Reading) -> BTreeSet<(usize, String)> {
    let of = |project: &Node, predicate: Predicate| {
        let relations = reading.relations.iter().filter(move |it| it.predicate == predicate);
        let project = project.clone();
        relations.filter(move |it| it.subject == project).map(|it| it.object.clone()).collect::<Vec<_>>()
    };
    let mut facts = BTreeSet::new();
    for (index, _) in reading.entities.iter().enumerate().filter(|(_, it)| it.kind == EntityKind::Project) {
        let node = Node::Entity(EntityId(index as u32));
        for sum in of(&node, Predicate::TotalInvestment) {
            let Node::Amount(sum) = sum else { continue };
            let Some(amount) = reading.amounts.get(sum as usize) else { continue };
            for investor in of(&node, Predicate::Investor) {
                let Node::Entity(investor) = investor else { continue };
                let Some(investor) = reading.entities.get(investor.0 as usize) else { continue };
                let stem: String = Anatomy::of(investor.kind, preferred(investor)).stem.iter().collect();
                facts.insert((index, format!("{stem} {} {}", amount.money.value.normalize(), amount.money.currency)));
            }
        }
    }
    facts
}

impl<'a> Setting<'a> {
    fn of(reading: &'a Reading, anatomies: &[Anatomy]) -> Self {
        let mut cities = BTreeMap::<u32, u32>::new();
        let mut zones = BTreeMap::<_, BTreeMap<String, u32>>::new();
        for (entity, anatomy) in reading.entities.iter().zip(anatomies) {
            let weight = weight(entity);
            if let Some(city) = place_of(entity.kind, anatomy).and_then(|place| place.city()) {
                *cities.entry(city).or_default() += weight * if entity.kind == EntityKind::Park { 2 } else { 1 };
            }
            if let (EntityKind::Park, Some(zone), true) = (entity.kind, anatomy.zone, anatomy.place.is_some()) {
                *zones.entry(zone).or_default().entry(preferred(entity).to_owned()).or_default() += weight;
            }
        }
        let city = leader(&cities).and_then(|id| Lexicon::shared().entry(*id)).map(|entry| entry.label());
        Self { key: &reading.document.key, city, zones }
    }

    /// The name under which a thing stands for itself.
    fn form_name(&self, kind: EntityKind, name: &str, anatomy: &Anatomy) -> String {
        if kind == EntityKind::Place {
            return self.place_name(name, anatomy);
        }
        if let Some(full) = self.body_name(kind, anatomy) {
            return full;
        }
        if !anatomy.is_bare(kind) {
            return name.to_owned();
        }
        let core: String = anatomy.core.iter().collect();
        let text: String = anatomy.whole.iter().collect();
        if kind == EntityKind::Park {
            if let Some(zone) = anatomy.zone.and_then(|zone| self.zones.get(zone)).and_then(leader) {
                return zone.clone();
            }
            if anatomy.zone.is_none()
                && matches!(&*text, "全区" | "我区" | "本区" | "该区" | "开发区" | "园区" | "新区")
            {
                let all: BTreeMap<String, u32> = self.zones.values().flatten().map(|(k, v)| (k.clone(), *v)).collect();
                return leader(&all).cloned().unwrap_or_else(|| self.own(&text));
            }
        }
        match self.city {
            Some(city) if !anatomy.is_idle() => format!("{}{core}", short(city)),
            None if core.chars().count() >= 5 && anatomy.zone.is_none() => name.to_owned(),
            _ => self.own(&text),
        }
    }

    /// A public body of the city or the province that the article is about: 市委, 省政府.
    fn body_name(&self, kind: EntityKind, anatomy: &Anatomy) -> Option<String> {
        let (level, rest) = anatomy.whole.split_first().filter(|_| kind == EntityKind::Organization)?;
        let text: String = anatomy.whole.iter().collect();
        if ["市场", "市民", "市区", "市郊", "市容", "市政工程", "市政设施", "市政管理"]
            .iter()
            .any(|it| text.starts_with(it))
        {
            return None;
        }
        let lexicon = Lexicon::shared();
        let city = self.city.and_then(Place::named)?;
        let is = |id: &u32, class| lexicon.entry(*id).is_some_and(|entry| entry.class() == class);
        let label = match level {
            '市' => lexicon.entry(city.id)?.label(),
            '省' => {
                let above = lexicon.ancestors(city.id);
                let province = above.into_iter().find(|id| is(id, Class::PlaceProvince))?;
                lexicon.entry(province)?.label()
            }
            _ => return None,
        };
        (label.ends_with(*level) && !rest.is_empty()).then(|| format!("{label}{}", rest.iter().collect::<String>()))
    }

    /// A place by its full name where several bear the name and the article is about one of them.
    fn place_name(&self, name: &str, anatomy: &Anatomy) -> String {
        match &*anatomy.whole.iter().collect::<String>() {
            "全市" | "我市" | "本市" | "该市" => {
                return self.city.map_or_else(|| self.own(name), str::to_owned);
            }
            "全区" | "我区" | "本区" | "该区" | "全县" | "我县" | "全省" | "我省" | "本省" | "园区" | "新区"
            | "开发区" => return self.own(name),
            _ => {}
        }
        let ids = super::grammar::places(name);
        if let (2.., Some(city)) = (ids.len(), self.city.and_then(Place::named)) {
            let lexicon = Lexicon::shared();
            let mut inside = ids.iter().filter(|id| lexicon.ancestors(**id).contains(&city.id));
            if let (Some(id), None) = (inside.next(), inside.next()) {
                let label = lexicon.entry(*id).map_or(name, |entry| entry.label());
                return format!("{}{label}", self.city.unwrap_or_default());
            }
        }
        name.to_owned()
    }

    /// A name that only this document knows.
    fn own(&self, name: &str) -> String {
        format!("{name}{OWN}{}", self.key)
    }
}

/// A city's name as it stands in front of other names.
fn short(city: &str) -> &str {
    city.strip_suffix('市').filter(|short| short.chars().count() >= 2).unwrap_or(city)
}

/// The place that a thing's name tells.
fn place_of(kind: EntityKind, anatomy: &Anatomy) -> Option<Place> {
    if kind == EntityKind::Place {
        let name: String = anatomy.whole.iter().collect();
        return match super::grammar::places(&name)[..] {
            [_] => Place::named(&name),
            _ => anatomy.place.clone(),
        };
    }
    let entry = anatomy.entry.filter(|_| kind == EntityKind::Park);
    let parent = entry.and_then(|id| Lexicon::shared().entry(id)).and_then(|entry| entry.parents().first().copied());
    parent
        .and_then(|id| Lexicon::shared().entry(id))
        .and_then(|it| Place::named(it.label()))
        .or_else(|| anatomy.place.clone())
}

/// How much a document speaks of a thing.
fn weight(entity: &Entity) -> u32 {
    entity.mentions.iter().map(|mention| if mention.evidence.span.start < LEAD { 3 } else { 1 }).sum()
}

/// The heaviest, where it outweighs the next by half.
fn leader<T: Ord>(votes: &BTreeMap<T, u32>) -> Option<&T> {
    let mut sorted: Vec<_> = votes.iter().collect();
    sorted.sort_by_key(|(name, weight)| (std::cmp::Reverse(**weight), *name));
    match sorted[..] {
        [] => None,
        [(name, _)] => Some(name),
        [(name, first), (_, second), ..] => (first * 2 >= second * 3).then_some(name),
    }
}
