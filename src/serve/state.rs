//! What all requests share: the store, and what was computed from it and holds until it changes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use tokio::sync::Semaphore;

use super::kept::Answers;
use super::prepare::{Preparation, View};
use super::view::figures::{self, Figure};
use super::view::ledger::{self, Row};
use super::view::names::NameIndex;
use super::view::network;
use super::view::stats::Stats;
use super::{Options, ServeError};
use crate::ask::{Grammar, Names};
use crate::graph::{self, PropertyGraph, Ranking};
use crate::model::Predicate;
use crate::query::Catalogue;
use crate::reader::{ArticleReader, Read};
use crate::store::{DocumentInfo, QueryError, Store, StoreError};

/// Pictures of the graph that are kept.
const PICTURES: usize = 32;

/// Things that are named of each kind in one industry.
const MEMBERS: usize = 40;

/// What all requests share.
pub struct App {
    /// The graph.
    pub store: Store,
    /// What may be done.
    pub options: Options,
    /// The saved queries.
    pub catalogue: Catalogue,
    /// The patterns of questions.
    pub grammar: &'static Grammar,
    /// Long work (queries, questions, pictures) at a time.
    pub long: Arc<Semaphore>,
    /// Short work at a time.
    pub short: Arc<Semaphore>,
    /// Reads uploaded articles; one writer at a time.
    reader: Option<Mutex<ArticleReader>>,
    computed: RwLock<Arc<Computed>>,
    /// Makes ready what follows from the store.
    pub(super) preparation: Preparation,
}

/// What follows from the store, computed when it is first asked for.
#[derive(Default)]
pub struct Computed {
    names: Lazy<NameIndex>,
    ask_names: Lazy<Names>,
    ledger: Lazy<Vec<Row>>,
    figures: Lazy<Vec<Figure>>,
    graph: Lazy<PropertyGraph>,
    ranking: Lazy<Ranking>,
    stats: Lazy<Stats>,
    articles: Lazy<Vec<DocumentInfo>>,
    industries: Lazy<String>,
    pub(super) answers: Mutex<Answers>,
    pictures: Mutex<BTreeMap<network::Wanted, Arc<String>>>,
    /// Held while a picture of the whole graph is made.
    drawing: Mutex<()>,
}

impl App {
    /// The state of a server for this store.
    ///
    /// # Errors
    /// When something that is shipped cannot be used.
    pub fn new(store: Store, options: Options) -> Result<Arc<Self>, ServeError> {
        let grammar = Grammar::shipped().map_err(|fault| crate::ask::AskError::Patterns(fault.to_owned()))?;
        let reader = if options.is_writable() { Some(Mutex::new(ArticleReader::shipped()?)) } else { None };
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Arc::new(Self {
            store,
            options,
            catalogue: Catalogue::shipped()?,
            grammar,
            long: Arc::new(Semaphore::new(cores * 2)),
            short: Arc::new(Semaphore::new(cores * 4)),
            reader,
            computed: RwLock::default(),
            preparation: Preparation::default(),
        }))
    }

    /// What follows from the store as it is now.
    pub fn computed(&self) -> Arc<Computed> {
        self.computed.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the store, one writer at a time; what was computed from it is forgotten. None where nobody may write.
    pub fn write<T>(&self, change: impl FnOnce(&Store, &dyn Read) -> T) -> Option<T> {
        let reader = lock(self.reader.as_ref()?);
        let outcome = change(&self.store, &*reader);
        *self.computed.write().unwrap_or_else(PoisonError::into_inner) = Arc::default();
        self.preparation.changed();
        Some(outcome)
    }

    /// The names for the search box.
    pub fn names(&self) -> Result<Arc<NameIndex>, StoreError> {
        self.computed().names.get(|| Ok(NameIndex::of(&*self.ask_names()?)))
    }

    /// The names for questions.
    pub fn ask_names(&self) -> Result<Arc<Names>, StoreError> {
        self.computed().ask_names.get(|| Names::read(&self.store))
    }

    /// Every project.
    pub fn ledger(&self) -> Result<Arc<Vec<Row>>, QueryError> {
        self.computed().ledger.get(|| ledger::read(&self.store, &*self.ask_names()?))
    }

    /// What the graph holds, in numbers.
    pub fn stats(&self) -> Result<Arc<Stats>, QueryError> {
        self.computed().stats.get(|| Stats::of(&self.store, &*self.ask_names()?))
    }

    /// Every figure.
    pub fn figures(&self) -> Result<Arc<Vec<Figure>>, QueryError> {
        self.computed().figures.get(|| figures::all(&self.store, &*self.ask_names()?))
    }

    /// The articles, newest first.
    pub fn articles(&self) -> Result<Arc<Vec<DocumentInfo>>, StoreError> {
        self.computed().articles.get(|| {
            let mut all = self.store.documents()?;
            all.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.key.cmp(&b.key)));
            Ok(all)
        })
    }

    /// The property graph, without the documents behind its edges.
    pub fn graph(&self) -> Result<Arc<PropertyGraph>, QueryError> {
        self.computed().graph.get(|| PropertyGraph::outline(&self.store))
    }

    /// The things of the graph in the order in which pictures take them.
    fn ranking(&self) -> Result<Arc<Ranking>, QueryError> {
        self.computed().ranking.get(|| Ok(self.graph()?.ranking()))
    }

    /// The industry chains as JSON, the first things of each list by name.
    pub fn industries(&self) -> Result<Arc<String>, QueryError> {
        let chains = || Ok(super::http::to_json(&self.graph()?.industries().shortened(MEMBERS)));
        self.computed().industries.get(chains)
    }

    /// The picture of a part of the graph as JSON; none where its middle is no thing.
    pub fn picture(&self, wanted: &network::Wanted) -> Result<Option<Arc<String>>, QueryError> {
        let computed = self.computed();
        let known = || lock(&computed.pictures).get(wanted).cloned();
        if let Some(known) = known() {
            return Ok(Some(known));
        }
        // Pictures of the whole are made one after the other: somebody may be making this one.
        let _alone = wanted.is_whole().then(|| lock(&computed.drawing));
        if let Some(known) = known() {
            return Ok(Some(known));
        }
        let drawn = match wanted.is_whole() {
            true => Some(network::draw_whole(&*self.graph()?, &*self.ranking()?, wanted)),
            false => network::draw(&*self.graph()?, wanted),
        };
        let Some(mut shown) = drawn else { return Ok(None) };
        let nodes = &shown.picture.nodes;
        for edge in &mut shown.picture.edges {
            if let Some(predicate) = Predicate::from_name(edge.predicate) {
                let (from, to) = (&nodes[edge.from].iri, &nodes[edge.to].iri);
                edge.documents = graph::stated_by(&self.store, from, predicate, to)?.len();
            }
        }
        let text = Arc::new(super::http::to_json(&shown));
        let mut kept = lock(&computed.pictures);
        if kept.len() >= PICTURES {
            kept.clear();
        }
        kept.insert(wanted.clone(), text.clone());
        Ok(Some(text))
    }
}

impl Computed {
    /// True where it need not be computed any more.
    pub(super) fn has(&self, view: View) -> bool {
        match view {
            View::Names => self.names.is_there(),
            View::AskNames => self.ask_names.is_there(),
            View::Ledger => self.ledger.is_there(),
            View::Figures => self.figures.is_there(),
            View::Articles => self.articles.is_there(),
            View::Graph => self.graph.is_there(),
            View::Industries => self.industries.is_there(),
        }
    }
}

/// A value computed once, by one thread while others wait.
struct Lazy<T> {
    value: OnceLock<Arc<T>>,
    gate: Mutex<()>,
}

impl<T> Default for Lazy<T> {
    fn default() -> Self {
        Self { value: OnceLock::new(), gate: Mutex::new(()) }
    }
}

impl<T> Lazy<T> {
    fn is_there(&self) -> bool {
        self.value.get().is_some()
    }

    fn get<E>(&self, compute: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        if let Some(value) = self.value.get() {
            return Ok(value.clone());
        }
        let _alone = lock(&self.gate);
        if let Some(value) = self.value.get() {
            return Ok(value.clone());
        }
        let value = Arc::new(compute()?);
        Ok(self.value.get_or_init(|| value).clone())
    }
}

/// The data behind a lock: a thread that panicked has left it whole, since it is only replaced as a whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
