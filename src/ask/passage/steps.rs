//! Questions in two steps: 做氢能的那家企业在哪个园区 asks first which enterprise that is, then where it lies.

use oxigraph::model::NamedNode;

use super::search::Question;
use super::tokens::{Class, tokens};
use super::{Fault, things_of};
use super::{Wanted, Wish};
use crate::ask::clue::clues;
use crate::ask::names::Names;
use crate::ask::plan::{Hop, HopPlan, PassagePlan, Plan, Start};
use crate::ask::tag::Tagged;
use crate::ask::words::Words;
use crate::model::{EntityKind, Predicate};
use crate::store::Store;

/// More things than these do not tell which is meant.
const MOST: usize = 3;

/// The plan of a question that first describes a thing and then asks something of it.
///
/// # Errors
/// If the store cannot be read.
pub fn two_steps(store: &Store, names: &Names, tagged: &Tagged, words: &Words) -> Result<Option<Plan>, Fault> {
    let Some((before, behind)) = clues().that.iter().find_map(|that| tagged.text.split_once(that.as_str())) else {
        return Ok(None);
    };
    let tokens = tokens(&tagged.part(behind), words);
    let Some(at) = tokens.iter().position(|token| matches!(token.class, Class::Kind(_))) else { return Ok(None) };
    let Class::Kind(kind) = tokens[at].class else { return Ok(None) };
    let own: String = tokens[..at].iter().map(|token| token.text.as_str()).collect();
    let rest: String = tokens[at + 1..].iter().map(|token| token.text.as_str()).collect();
    let noun = &tokens[at].text;
    let described = tagged.part(&format!("{before} {own}{noun}"));
    let Some(hop) = Wish::read(&tagged.part(&format!("{noun}{rest}")), words).and_then(|wish| hop(&wish, kind)) else {
        return Ok(None);
    };
    let Some(wish) = Wish::read(&described, words) else { return Ok(None) };
    let things = described_by(store, names, words, &wish, kind)?;
    if things.is_empty() || things.len() > MOST {
        return Ok(None);
    }
    let start = Start::Things(things.clone());
    Ok(Some(Plan::Hops(HopPlan { start, hops: vec![hop], kind: None, but: things })))
}

/// The things of a kind that a description fits.
fn described_by(
    store: &Store,
    names: &Names,
    words: &Words,
    wish: &Wish,
    kind: EntityKind,
) -> Result<Vec<NamedNode>, Fault> {
    let sentences = names.sentences(store)?;
    let question = Question::new(wish, names, words, sentences);
    let nodes = question.best(sentences).iter().map(|passage| passage.node()).collect();
    let kinds = match kind {
        EntityKind::Enterprise => vec![EntityKind::Enterprise, EntityKind::Organization],
        other => vec![other],
    };
    let (but, words) = (question.things(), question.pairs());
    let wanted = vec![Wanted::Things(kinds)];
    things_of(store, names, PassagePlan { sentences: nodes, wanted, but, words, ..PassagePlan::default() })
}

/// What is asked of the thing described.
fn hop(wish: &Wish, kind: EntityKind) -> Option<Hop> {
    use EntityKind::{Enterprise, Industry, Organization, Park, Place, Policy, Project};
    let forward = |by| Some(Hop { by, inverse: false });
    match &wish.wanted[..] {
        [Wanted::Titles] => forward(Predicate::Designation),
        [Wanted::Sums(by)] => forward(*by.first()?),
        [Wanted::Things(kinds)] => match (kind, kinds.first()?) {
            (_, Park | Place) => forward(Predicate::LocatedIn),
            (_, Industry) => forward(Predicate::Industry),
            (Project | Park, Enterprise | Organization) => forward(Predicate::Investor),
            (Policy, Enterprise | Organization) => forward(Predicate::IssuedBy),
            (Enterprise | Organization, Project) => Some(Hop { by: Predicate::Investor, inverse: true }),
            (Enterprise | Organization, Policy) => Some(Hop { by: Predicate::IssuedBy, inverse: true }),
            (Enterprise | Organization, Enterprise | Organization) => forward(Predicate::Partner),
            _ => None,
        },
        _ => None,
    }
}
