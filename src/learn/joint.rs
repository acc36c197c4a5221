//! Two taggers as one: the labels that the network and the linear tagger together find best.

use super::neural::Chain;
use super::sequence::{Emissions, LabelledSpan, SequenceModel};

/// A score that no allowed sequence reaches, far from overflow.
const NEVER: i32 = i32::MIN / 4;
/// Units of the linear tagger in one unit of the network.
const NETWORK_UNIT: i32 = 4;
const PARTS: usize = 4;
const BEGIN: usize = 0;
const END: usize = 2;
const WHOLE: usize = 3;

/// Which kinds are looked for: the number of each with the linear tagger, and with the network where it knows the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JointKind {
    /// Number of the kind in the linear tagger's labels.
    pub linear: usize,
    /// Number of the kind in the network's labels; the network takes other kinds for no name.
    pub network: Option<usize>,
}

/// What both taggers score over one stretch of text.
#[derive(Debug, Clone, Copy)]
pub struct Scores<'a> {
    /// The network's scores: for each position those of the chain's labels.
    pub network: &'a [i32],
    /// The linear tagger's scores.
    pub linear: &'a Emissions,
}

/// Most states that may stand before or behind the border of a name: "no name" and two for each kind.
const BORDERS: usize = 24;

/// The two taggers over one set of kinds. State 0 is "no name"; state `1 + 4k + p` is part `p` (begin, inside, end,
/// whole) of kind `k`.
#[derive(Debug)]
pub struct Joint<'a> {
    kinds: &'a [JointKind],
    chain: Chain<'a>,
    linear: &'a SequenceModel,
    /// States after which a name may begin: "no name", the end of one, a whole one.
    closed: Vec<usize>,
    /// States that may follow those: "no name", the beginning of a name, a whole one.
    opening: Vec<usize>,
    /// For each closed state the scores of the opening ones after it, [`NEVER`] where there is none.
    across: Vec<[i32; BORDERS]>,
    /// For each kind the scores from begin to inside and end, and from inside to inside and end.
    within: Vec<[i32; 4]>,
    /// For each state its label in the network and in the linear tagger.
    labels: Vec<(usize, usize)>,
}

impl<'a> Joint<'a> {
    /// Joins the taggers; at most eleven kinds.
    pub fn new(kinds: &'a [JointKind], chain: Chain<'a>, linear: &'a SequenceModel) -> Self {
        let kinds = &kinds[..kinds.len().min((BORDERS - 1) / 2)];
        let part = |kind: usize, part: usize| 1 + PARTS * kind + part;
        let all = 0..kinds.len();
        let closed = std::iter::once(0).chain(all.clone().flat_map(|k| [part(k, END), part(k, WHOLE)])).collect();
        let opening = std::iter::once(0).chain(all.clone().flat_map(|k| [part(k, BEGIN), part(k, WHOLE)])).collect();
        let mut joint =
            Self { kinds, chain, linear, closed, opening, across: Vec::new(), within: Vec::new(), labels: Vec::new() };
        joint.labels = (0..joint.states()).map(|it| (joint.network_label(it), joint.linear_label(it))).collect();
        joint.across = joint.closed.iter().map(|from| joint.row(*from)).collect();
        let inside = BEGIN + 1;
        joint.within = all
            .map(|k| {
                [(BEGIN, inside), (BEGIN, END), (inside, inside), (inside, END)]
                    .map(|(from, to)| joint.transition(part(k, from), part(k, to)))
            })
            .collect();
        joint
    }

    fn row(&self, from: usize) -> [i32; BORDERS] {
        let mut row = [NEVER; BORDERS];
        row.iter_mut().zip(&self.opening).for_each(|(score, to)| *score = self.transition(from, *to));
        row
    }

    fn states(&self) -> usize {
        1 + PARTS * self.kinds.len()
    }

    fn transition(&self, from: usize, to: usize) -> i32 {
        let width = self.linear.labels().len();
        let linear = self.linear.transitions[self.linear_label(from) * width + self.linear_label(to)];
        let network = self.chain.transition(self.network_label(from), self.network_label(to));
        // What one tagger never sees, as kinds that only the other knows, costs nothing in it.
        let known = |score: i32| if score < -100_000_000 { 0 } else { score };
        known(linear) + NETWORK_UNIT * known(network)
    }

    fn linear_label(&self, state: usize) -> usize {
        match state.checked_sub(1) {
            None => 0,
            Some(at) => 1 + 2 * self.kinds[at / PARTS].linear + usize::from(!matches!(at % PARTS, BEGIN | WHOLE)),
        }
    }

    fn network_label(&self, state: usize) -> usize {
        let kind = state.checked_sub(1).and_then(|at| self.kinds[at / PARTS].network.map(|kind| (kind, at % PARTS)));
        kind.map_or(0, |(kind, part)| 1 + PARTS * kind + part)
    }

    /// The spans of the best sequence, each with how far the best sequence without it lies below, in units of 1/1024 of a
    /// natural-log unit; and, with a margin below 0, the spans that join them when every name is given `bonus` more. In text order.
    pub fn spans(&self, scores: Scores<'_>, bonus: i32) -> Vec<(LabelledSpan, i32)> {
        #[cfg(target_arch = "x86_64")]
        if std::is_x86_feature_detected!("avx2") {
            // SAFETY: AVX2 was just found.
            return unsafe { self.wide_spans(scores, bonus) };
        }
        self.all_spans(scores, bonus)
    }

    /// The same with wider registers.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn wide_spans(&self, scores: Scores<'_>, bonus: i32) -> Vec<(LabelledSpan, i32)> {
        self.all_spans(scores, bonus)
    }

    #[inline(always)]
    fn all_spans(&self, scores: Scores<'_>, bonus: i32) -> Vec<(LabelledSpan, i32)> {
        let Scores { network, linear } = scores;
        let (n, states) = (linear.len(), self.states());
        let mut emissions = Vec::with_capacity(n * states);
        for at in 0..n {
            let network = &network[at * self.chain.labels()..];
            let linear = &linear.scores[at * linear.labels..];
            emissions.extend(self.labels.iter().map(|own| NETWORK_UNIT * network[own.0] + linear[own.1]));
        }
        let forward = self.forward(&emissions, n, 0);
        let best = spans_of(&self.best_path(&forward, n));
        let generous = if bonus > 0 { self.best_path(&self.forward(&emissions, n, bonus), n) } else { Vec::new() };
        let apart = |span: &LabelledSpan| best.iter().all(|other| span.end <= other.start || other.end <= span.start);
        let further: Vec<LabelledSpan> = spans_of(&generous).into_iter().filter(apart).collect();
        if best.is_empty() && further.is_empty() {
            return Vec::new();
        }
        let backward = self.backward(&emissions, n);
        let total =
            |at: usize, state: usize| forward[at * states + state].saturating_add(backward[at * states + state]);
        let margin = |span: &LabelledSpan| {
            let opening = [1 + PARTS * span.kind + BEGIN, 1 + PARTS * span.kind + WHOLE];
            let with = opening.iter().map(|state| total(span.start, *state)).max().unwrap_or(NEVER);
            let rest = (0..states).filter(|state| !opening.contains(state));
            with.saturating_sub(rest.map(|state| total(span.start, state)).max().unwrap_or(NEVER))
        };
        let sure = best.iter().map(|span| (*span, margin(span).max(0)));
        let mut spans: Vec<_> = sure.chain(further.iter().map(|span| (*span, margin(span).min(-1)))).collect();
        spans.sort_by_key(|(span, _)| span.start);
        spans
    }

    /// The best score of each state at each position; never below [`NEVER`], so that sums stay far from overflow.
    /// States that open a name are worth `bonus` more.
    #[inline(always)]
    fn forward(&self, emissions: &[i32], n: usize, bonus: i32) -> Vec<i32> {
        let states = self.states();
        let mut forward = vec![NEVER; n * states];
        for at in 0..n {
            let (done, now) = forward.split_at_mut(at * states);
            let now = &mut now[..states];
            if at == 0 {
                now.iter_mut().enumerate().for_each(|(state, score)| *score = self.start(state));
            } else {
                self.forward_step(&done[(at - 1) * states..], now);
            }
            let own = &emissions[at * states..(at + 1) * states];
            now.iter_mut().zip(own).for_each(|(score, own)| *score = (*score + own).max(NEVER));
            if bonus > 0 {
                self.opening[1..].iter().for_each(|state| now[*state] += bonus);
            }
        }
        forward
    }

    #[inline(always)]
    fn forward_step(&self, before: &[i32], now: &mut [i32]) {
        let mut best = [NEVER; BORDERS];
        for (from, row) in self.closed.iter().zip(&self.across) {
            let score = before[*from];
            best.iter_mut().zip(row).for_each(|(best, across)| *best = (*best).max(score + across));
        }
        self.opening.iter().zip(best).for_each(|(to, best)| now[*to] = best);
        for (kind, [begin_inside, begin_end, inside_inside, inside_end]) in self.within.iter().enumerate() {
            let first = 1 + PARTS * kind;
            let (begin, inside) = (before[first + BEGIN], before[first + BEGIN + 1]);
            now[first + BEGIN + 1] = (begin + begin_inside).max(inside + inside_inside);
            now[first + END] = (begin + begin_end).max(inside + inside_end);
        }
    }

    fn start(&self, state: usize) -> i32 {
        let may = state == 0 || matches!((state - 1) % PARTS, BEGIN | WHOLE);
        if may { NETWORK_UNIT * self.chain.start_score(self.network_label(state)) } else { NEVER }
    }

    #[inline(always)]
    fn backward(&self, emissions: &[i32], n: usize) -> Vec<i32> {
        let states = self.states();
        let mut backward = vec![NEVER; n * states];
        let Some(last) = n.checked_sub(1) else { return backward };
        self.closed.iter().for_each(|state| backward[last * states + state] = 0);
        let mut ahead = vec![NEVER; states];
        for at in (0..last).rev() {
            let (now, after) = backward.split_at_mut((at + 1) * states);
            let now = &mut now[at * states..];
            let own = &emissions[(at + 1) * states..(at + 2) * states];
            for (ahead, (after, own)) in ahead.iter_mut().zip(after.iter().zip(own)) {
                *ahead = (after + own).max(NEVER);
            }
            self.backward_step(&ahead, now);
        }
        backward
    }

    #[inline(always)]
    fn backward_step(&self, ahead: &[i32], now: &mut [i32]) {
        let mut next = [NEVER; BORDERS];
        next.iter_mut().zip(&self.opening).for_each(|(next, to)| *next = ahead[*to]);
        for (from, row) in self.closed.iter().zip(&self.across) {
            let best = next.iter().zip(row).fold(NEVER, |best, (next, across)| best.max(next + across));
            now[*from] = best.max(NEVER);
        }
        for (kind, [begin_inside, begin_end, inside_inside, inside_end]) in self.within.iter().enumerate() {
            let first = 1 + PARTS * kind;
            let (inside, end) = (ahead[first + BEGIN + 1], ahead[first + END]);
            now[first + BEGIN] = (inside + begin_inside).max(end + begin_end).max(NEVER);
            now[first + BEGIN + 1] = (inside + inside_inside).max(end + inside_end).max(NEVER);
        }
    }

    /// Back from the best last state; ties go to the lower state.
    #[inline(always)]
    fn best_path(&self, forward: &[i32], n: usize) -> Vec<usize> {
        let states = self.states();
        let mut path = vec![0; n];
        let better = |a: (usize, i32), b: (usize, i32)| if b.1 > a.1 { b } else { a };
        for at in (0..n).rev() {
            let row = &forward[at * states..(at + 1) * states];
            let scored = |from: usize, score: i32| (from, row[from] + score);
            path[at] = if at + 1 == n {
                self.closed.iter().map(|state| scored(*state, 0)).fold((0, i32::MIN), better).0
            } else {
                let to = path[at + 1];
                match to.checked_sub(1).map(|to| (to / PARTS, to % PARTS)) {
                    Some((kind, part)) if part == BEGIN + 1 || part == END => {
                        let [begin_inside, begin_end, inside_inside, inside_end] = self.within[kind];
                        let first = 1 + PARTS * kind;
                        let (begin, inside) =
                            if part == END { (begin_end, inside_end) } else { (begin_inside, inside_inside) };
                        better(scored(first + BEGIN, begin), scored(first + BEGIN + 1, inside)).0
                    }
                    _ => {
                        let column = self.opening.iter().position(|state| *state == to).unwrap_or(0);
                        let from = self.closed.iter().zip(&self.across);
                        from.map(|(from, row)| scored(*from, row[column])).fold((0, i32::MIN), better).0
                    }
                }
            };
        }
        path
    }
}

/// The names of a sequence of states.
fn spans_of(path: &[usize]) -> Vec<LabelledSpan> {
    let (mut spans, mut at) = (Vec::new(), 0);
    while at < path.len() {
        let Some(state) = path[at].checked_sub(1) else {
            at += 1;
            continue;
        };
        let start = at;
        while at + 1 < path.len() && path[at] != 0 && !matches!((path[at] - 1) % PARTS, END | WHOLE) {
            at += 1;
        }
        at += 1;
        spans.push(LabelledSpan { start, end: at, kind: state / PARTS });
    }
    spans
}
