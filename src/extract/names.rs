//! Names of things: a network and a linear tagger read each sentence together, for whole names and for names inside.

use std::sync::OnceLock;

use super::cue::network_bits;
use super::find::{Find, FindKind};
use super::surface::Surface;
use super::tagging::{inner_features, position_features};
use crate::learn::neural::{INNER_KINDS, LearnError, Network, SHIPPED_WEIGHTS, States, Stretch};
use crate::learn::{Emissions, Joint, JointKind, LabelledSpan, Scores, SequenceModel, permille, spans_of};
use crate::model::CleanSpan;

/// Longest stretch that is tagged at once, in characters; a longer sentence is cut at its punctuation.
const LONGEST: usize = 240;

/// The linear taggers of names.
#[derive(Debug, Clone)]
pub struct NameTaggers {
    /// Labels whole names.
    pub outer: SequenceModel,
    /// Labels names inside names.
    pub inner: SequenceModel,
}

/// Kinds of whole names: all that the network knows, and titles, which only the linear tagger knows.
const OUTER: [JointKind; 8] = [
    JointKind { linear: 0, network: Some(0) },
    JointKind { linear: 1, network: Some(1) },
    JointKind { linear: 2, network: Some(2) },
    JointKind { linear: 3, network: Some(3) },
    JointKind { linear: 4, network: Some(4) },
    JointKind { linear: 5, network: Some(5) },
    JointKind { linear: 6, network: Some(6) },
    JointKind { linear: 7, network: None },
];

/// Kinds of names inside names, in the network's order.
fn inner_kinds() -> [JointKind; INNER_KINDS.len()] {
    let mut network = 0..INNER_KINDS.len();
    INNER_KINDS.map(|kind| JointKind { linear: FindKind::Entity(kind).index(), network: network.next() })
}

/// The network whose weights ship with the program.
///
/// # Errors
/// When the shipped weights are not whole, which a test rules out.
pub fn shipped_network() -> Result<&'static Network, LearnError> {
    static NETWORK: OnceLock<Result<Network, LearnError>> = OnceLock::new();
    NETWORK
        .get_or_init(|| Network::load(SHIPPED_WEIGHTS))
        .as_ref()
        .map_err(|_| LearnError::Weights("the shipped file is damaged"))
}

impl NameTaggers {
    /// Names in the sentences, sorted by start, the longer first. Without a network the linear taggers read alone.
    pub fn find(&self, surface: &Surface<'_>, sentences: &[CleanSpan], network: Option<&Network>) -> Vec<Find> {
        let mut finds = Vec::new();
        let pieces: Vec<CleanSpan> = sentences.iter().flat_map(|sentence| pieces(surface.chars, *sentence)).collect();
        let Some(network) = network else {
            pieces.iter().for_each(|piece| self.find_linear(surface, *piece, &mut finds));
            return finds;
        };
        let inner_kinds = inner_kinds();
        let joined = Joined {
            network,
            outer: Joint::new(&OUTER, network.outer_chain(), &self.outer),
            inner: Joint::new(&inner_kinds, network.inner_chain(), &self.inner),
        };
        for pieces in pieces.chunks(TOGETHER) {
            for (piece, states) in pieces.iter().zip(network_states(surface, network, pieces)) {
                self.find_joined(surface, *piece, &states, &joined, &inner_kinds, &mut finds);
            }
        }
        finds
    }

    fn find_joined(
        &self,
        surface: &Surface<'_>,
        piece: CleanSpan,
        states: &States,
        joined: &Joined<'_>,
        inner_kinds: &[JointKind],
        finds: &mut Vec<Find>,
    ) {
        let network = joined.network;
        let (outer_scores, linear) = (network.outer_scores(states), self.outer_emissions(surface, piece));
        for (span, margin) in joined.outer.spans(Scores { network: &outer_scores, linear: &linear }, BONUS) {
            let outer = find(
                piece,
                span,
                FindKind::ALL[OUTER[span.kind].linear],
                margin,
                if margin < 0 { "tagger/faint" } else { "tagger/outer" },
            );
            let (index, name) = (finds.len() as u32, outer.span);
            let linear = self.inner_emissions(surface, &outer);
            finds.push(outer);
            let scores = network.inner_scores(states, span.start..span.end);
            for (span, margin) in joined.inner.spans(Scores { network: &scores, linear: &linear }, BONUS) {
                let kind = FindKind::ALL[inner_kinds[span.kind].linear];
                let inner =
                    find(name, span, kind, margin, if margin < 0 { "tagger/faint-inner" } else { "tagger/inner" });
                finds.extend((inner.span != name).then_some(Find { within: Some(index), ..inner }));
            }
        }
    }

    fn find_linear(&self, surface: &Surface<'_>, piece: CleanSpan, finds: &mut Vec<Find>) {
        for outer in finds_of(&self.outer, &self.outer_emissions(surface, piece), piece, "tagger/outer") {
            let (index, name) = (finds.len() as u32, outer.span);
            let emissions = self.inner_emissions(surface, &outer);
            finds.push(outer);
            let inner = finds_of(&self.inner, &emissions, name, "tagger/inner").into_iter();
            finds.extend(inner.filter(|f| f.span != name).map(|f| Find { within: Some(index), ..f }));
        }
    }

    fn outer_emissions(&self, surface: &Surface<'_>, piece: CleanSpan) -> Emissions {
        let start = piece.start as usize;
        self.outer.emissions(piece.len(), |at, out| position_features(surface, piece, start + at, out))
    }

    fn inner_emissions(&self, surface: &Surface<'_>, outer: &Find) -> Emissions {
        let (kind, span) = (outer.kind, outer.span);
        let start = span.start as usize;
        self.inner.emissions(span.len(), |at, out| inner_features(surface, kind, span, start + at, out))
    }
}

/// What a name is given so that faint ones are seen too, in units of 1/1024 of a natural-log unit. Judges of things
/// decide on them.
const BONUS: i32 = 2560;

/// How many stretches the network reads together: enough to share its weights, few enough for little memory.
const TOGETHER: usize = 64;

/// What the network makes of stretches of the text.
fn network_states(surface: &Surface<'_>, network: &Network, pieces: &[CleanSpan]) -> Vec<States> {
    let bits = |piece: &CleanSpan| {
        let mut bits = Vec::new();
        network_bits(surface, *piece, &mut bits);
        bits
    };
    let bits: Vec<Vec<u64>> = pieces.iter().map(bits).collect();
    let stretches: Vec<Stretch<'_>> = pieces
        .iter()
        .zip(&bits)
        .map(|(piece, bits)| Stretch { chars: &surface.chars[piece.range()], features: bits })
        .collect();
    network.read(&stretches)
}

/// The network joined with the linear taggers.
struct Joined<'a> {
    network: &'a Network,
    outer: Joint<'a>,
    inner: Joint<'a>,
}

/// A sentence in stretches of at most [`LONGEST`] characters, cut behind punctuation where there is some.
fn pieces(chars: &[char], sentence: CleanSpan) -> Vec<CleanSpan> {
    let mut pieces = Vec::new();
    let (mut start, end) = (sentence.start as usize, sentence.end as usize);
    while end - start > LONGEST {
        let window = &chars[start..start + LONGEST];
        let cut = |marks: &[char]| window.iter().rposition(|c| marks.contains(c)).map(|at| at + 1);
        let length = cut(&[';', '。']).or_else(|| cut(&[',', '、', ' '])).unwrap_or(LONGEST);
        pieces.push(CleanSpan::new(start, start + length));
        start += length;
    }
    pieces.push(CleanSpan::new(start, end));
    pieces
}

fn find(range: CleanSpan, span: LabelledSpan, kind: FindKind, margin: i32, rule: &'static str) -> Find {
    let start = range.start as usize;
    let span = CleanSpan::new(start + span.start, start + span.end);
    Find { span, kind, within: None, confidence: permille(margin), rule }
}

fn finds_of(model: &SequenceModel, emissions: &Emissions, range: CleanSpan, rule: &'static str) -> Vec<Find> {
    let spans = spans_of(&model.viterbi(emissions));
    if spans.is_empty() {
        return Vec::new();
    }
    let lattice = model.lattice(emissions);
    spans
        .iter()
        .map(|span| find(range, *span, FindKind::ALL[span.kind], model.best_without(&lattice, *span), rule))
        .collect()
}
