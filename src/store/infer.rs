//! What follows from the knowledge: statements in the graph [`INFERRED`], each with the statements that it rests on.
//!
//! The graph is a function of the knowledge, the gazetteer and the rules, so it is not kept on disk: it is made when a
//! query first asks for it and forgotten with the next change. Rules run in rounds until nothing new follows; a statement
//! keeps the derivation of its first round, the first in order of several.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use oxigraph::model::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term,
    TermRef, Triple,
};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::StorageError;

use super::book::{self, INFERENCE};
use super::document::Quads;
use super::same::present;
use super::sparql::parse;
use super::{BOOK, QueryError, Store, StoreError};
use crate::identity::gazetteer_entry;
use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Predicate};
use crate::rdf::{entity_iri, entity_of, terms};

/// The graph of what follows.
pub const INFERRED: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://w3id.org/parkgraph/id/inferred");

/// What statements of the gazetteer rest on.
const GAZETTEER: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://w3id.org/parkgraph/id/gazetteer");

/// Rules by name, each a CONSTRUCT whose statements are annotated with what they rest on.
const RULES: [(&str, &str); 6] = [
    ("industry", include_str!("../../ontology/rules/industry.rq")),
    ("located", include_str!("../../ontology/rules/located.rq")),
    ("member", include_str!("../../ontology/rules/member.rq")),
    ("narrower", include_str!("../../ontology/rules/narrower.rq")),
    ("part", include_str!("../../ontology/rules/part.rq")),
    ("partner", include_str!("../../ontology/rules/partner.rq")),
];

/// A store in memory that holds what follows as its default graph.
pub(super) type Inferred = Arc<oxigraph::store::Store>;

/// What a statement rests on: the rule, and nodes or statements.
type Basis = (&'static str, BTreeSet<String>);

impl Store {
    /// Whether statements that follow are to be had; they are unless somebody said no.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn infers(&self) -> Result<bool, StoreError> {
        Ok(book::text(&self.inner, BOOK, INFERENCE).map_err(|error| self.failure(error))?.is_none())
    }

    /// Says whether statements that follow are to be had from now on.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn set_infers(&self, infers: bool) -> Result<(), StoreError> {
        if self.infers()? == infers {
            return Ok(());
        }
        let note = book::noted(BOOK, INFERENCE, Literal::from("off"));
        let _change = self.begin_change();
        let done = if infers { self.inner.remove(&note) } else { self.inner.insert(&note) };
        done.map_err(|error| self.failure(error))
    }

    /// The statements that follow, with what each rests on, in the graph [`INFERRED`] and in order of their text.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn inferred_quads(&self) -> Result<Vec<Quad>, StoreError> {
        let inferred = self.inferred_or_failed()?;
        let mut quads = Vec::new();
        for quad in inferred.iter() {
            let mut quad = quad.map_err(|error| self.failure(error))?;
            quad.graph_name = INFERRED.into();
            quads.push(quad);
        }
        quads.sort_by_cached_key(ToString::to_string);
        Ok(quads)
    }

    /// The statements that follow and match, in the graph [`INFERRED`]; `None` matches all. The first call since a change
    /// makes them all, which takes time in proportion to the relations of the store.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn following(
        &self,
        s: Option<NamedOrBlankNodeRef<'_>>,
        p: Option<NamedNodeRef<'_>>,
        o: Option<TermRef<'_>>,
    ) -> Result<Vec<Quad>, StoreError> {
        let inferred = self.inferred_or_failed()?;
        let found =
            inferred.matching(s, p, o, None).map(|quad| quad.map(|it| Quad { graph_name: INFERRED.into(), ..it }));
        found.collect::<Result<_, _>>().map_err(|error| self.failure(error))
    }

    fn inferred_or_failed(&self) -> Result<Inferred, StoreError> {
        self.inferred().map_err(|error| match error {
            QueryError::Store(error) => error,
            other => self.failure(StorageError::Io(std::io::Error::other(other.to_string()))),
        })
    }

    /// What follows; made where it is asked for the first time since the last change.
    pub(super) fn inferred(&self) -> Result<Inferred, QueryError> {
        // A thread that panicked left nothing halfway.
        if let Some(known) = &*self.follows.read().unwrap_or_else(PoisonError::into_inner) {
            return Ok(Arc::clone(known));
        }
        let failed = |error: StorageError| QueryError::from(self.failure(error));
        let state = self.state();
        let made = oxigraph::store::Store::new().map_err(failed)?;
        if self.infers()? {
            let quads = self.infer()?;
            let mut loader = made.bulk_loader();
            loader.load_quads(quads).and_then(|()| loader.commit()).map_err(failed)?;
        }
        let made = Arc::new(made);
        let mut kept = self.follows.write().unwrap_or_else(PoisonError::into_inner);
        if state.is_some_and(|state| self.is_still(state)) {
            *kept = Some(Arc::clone(&made));
        }
        Ok(made)
    }

    fn infer(&self) -> Result<Vec<Quad>, QueryError> {
        let failed = |error: StorageError| QueryError::from(self.failure(error));
        let known = self.premises().map_err(failed)?;
        let mut follows = self.gazetteer(&known).map_err(failed)?;
        let work = oxigraph::store::Store::new().map_err(failed)?;
        let insert = |statements: Vec<&Triple>| {
            let mut loader = work.bulk_loader();
            loader.load_quads(statements.into_iter().map(|it| it.clone().in_graph(GraphName::DefaultGraph)))?;
            loader.commit()
        };
        insert(known.iter().chain(follows.keys()).collect()).map_err(failed)?;
        loop {
            let mut round = HashMap::<Triple, Basis>::new();
            for (name, text) in RULES {
                for (said, premises) in derived(&work, text)? {
                    if known.contains(&said) || follows.contains_key(&said) {
                        continue;
                    }
                    let basis = (name, premises);
                    match round.get_mut(&said) {
                        Some(best) if *best <= basis => {}
                        Some(best) => *best = basis,
                        None => drop(round.insert(said, basis)),
                    }
                }
            }
            if round.is_empty() {
                break;
            }
            insert(round.keys().collect()).map_err(failed)?;
            follows.extend(round);
        }
        Ok(follows.iter().flat_map(|(said, basis)| told(said, basis)).collect())
    }

    /// The statements of the knowledge that rules look at: relations of things.
    fn premises(&self) -> Result<HashSet<Triple>, StorageError> {
        let mut known = HashSet::new();
        for property in Predicate::ALL.into_iter().map(terms::property).chain([terms::IS_PART_OF]) {
            for quad in self.inner.matching(None, Some(property), None, Some(GraphNameRef::DefaultGraph)) {
                let quad = quad?;
                if matches!(quad.object, Term::NamedNode(_)) {
                    known.insert(quad.into());
                }
            }
        }
        Ok(known)
    }

    /// What the gazetteer says of the places, parks and industries in some statements, and of those above them.
    fn gazetteer(&self, known: &HashSet<Triple>) -> Result<HashMap<Triple, Basis>, StorageError> {
        let mut things = BTreeSet::new();
        for said in known {
            if let NamedOrBlankNode::NamedNode(subject) = &said.subject {
                things.insert(subject.clone());
            }
            if let Term::NamedNode(object) = &said.object {
                things.insert(object.clone());
            }
        }
        let lexicon = Lexicon::shared();
        let mut said = HashMap::new();
        for thing in things {
            let Some((kind, name)) = entity_of(thing.as_str()) else { continue };
            let above = match kind {
                EntityKind::Park | EntityKind::Place => EntityKind::Place,
                EntityKind::Industry => EntityKind::Industry,
                _ => continue,
            };
            let Some(entry) = gazetteer_entry(kind, &name) else { continue };
            let (mut below, mut kind) = (thing, kind);
            for parent in lexicon.chain(entry) {
                let parent = present(&self.inner, entity_iri(above, parent.label()).as_ref())?;
                if parent == below {
                    continue;
                }
                let property = match kind {
                    EntityKind::Industry => terms::BROADER,
                    EntityKind::Park => terms::property(Predicate::LocatedIn),
                    _ => terms::CONTAINED_IN,
                };
                let triple = Triple::new(below, property, parent.clone());
                if !known.contains(&triple) {
                    said.insert(triple, ("gazetteer", BTreeSet::from([GAZETTEER.to_string()])));
                }
                (below, kind) = (parent, above);
            }
        }
        Ok(said)
    }
}

/// The statements that a rule gives, each with what it rests on: the rule's annotation.
fn derived(work: &oxigraph::store::Store, rule: &str) -> Result<Vec<(Triple, BTreeSet<String>)>, QueryError> {
    let results = SparqlEvaluator::new().for_query(parse(rule)?).on_store(work).execute()?;
    let QueryResults::Graph(triples) = results else { return Ok(Vec::new()) };
    let mut said = HashMap::<NamedOrBlankNode, Triple>::new();
    let mut premises = HashMap::<NamedOrBlankNode, BTreeSet<String>>::new();
    for triple in triples {
        let triple = triple?;
        match triple.object {
            Term::Triple(statement) if triple.predicate == terms::REIFIES => {
                said.insert(triple.subject, *statement);
            }
            object if triple.predicate == terms::WAS_DERIVED_FROM => {
                premises.entry(triple.subject).or_default().insert(object.to_string());
            }
            _ => {}
        }
    }
    Ok(said.into_iter().map(|(node, said)| (said, premises.remove(&node).unwrap_or_default())).collect())
}

/// A statement that follows, and the node that says why.
fn told(said: &Triple, (rule, premises): &Basis) -> Vec<Quad> {
    let hash = blake3::hash(said.to_string().as_bytes()).to_hex();
    let node = NamedNode::new_unchecked(format!("{}#fact={}", INFERRED.as_str(), &hash[..16]));
    let say =
        |property: NamedNodeRef<'_>, object: Term| Quad::new(node.clone(), property, object, GraphName::DefaultGraph);
    let rests = premises.iter().filter_map(|premise| premise.parse::<Term>().ok());
    let mut quads = vec![
        said.clone().in_graph(GraphName::DefaultGraph),
        say(terms::REIFIES, said.clone().into()),
        say(terms::RULE, Literal::from(*rule).into()),
    ];
    quads.extend(rests.map(|term| say(terms::WAS_DERIVED_FROM, term)));
    quads
}
