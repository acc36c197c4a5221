//! Two taggers as one: the labels that the network and the linear tagger together find best.

use super::border::{BEGIN, BORDERS, Border, END, INSIDE, KINDS, NEVER, PARTS, Row, UNREACHED, WHOLE};
use super::neural::Chain;
use super::sequence::{Emissions, LabelledSpan, SequenceModel};

/// Units of the linear tagger in one unit of the network.
const NETWORK_UNIT: i32 = 4;

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

/// The two taggers over one set of kinds. State 0 is "no name"; state `1 + 4k + p` is part `p` (begin, inside, end,
/// whole) of kind `k`.
#[derive(Debug)]
pub struct Joint<'a> {
    kinds: &'a [JointKind],
    chain: Chain<'a>,
    /// From the states before a border to those behind it.
    forth: Border,
    /// From the states behind a border to those before it.
    back: Border,
    /// For each kind the scores from begin to inside and end, and from inside to inside and end.
    within: Vec<[i32; 4]>,
}

impl<'a> Joint<'a> {
    /// Joins the taggers; at most eleven kinds.
    pub fn new(kinds: &'a [JointKind], chain: Chain<'a>, linear: &SequenceModel) -> Self {
        let kinds = &kinds[..kinds.len().min(KINDS)];
        let part = |kind: usize, part: usize| 1 + PARTS * kind + part;
        let closed: Vec<usize> =
            std::iter::once(0).chain((0..kinds.len()).flat_map(|k| [part(k, END), part(k, WHOLE)])).collect();
        let opening: Vec<usize> =
            std::iter::once(0).chain((0..kinds.len()).flat_map(|k| [part(k, BEGIN), part(k, WHOLE)])).collect();
        let transition = |from, to| transition(kinds, chain, linear, from, to);
        let within = |kind: usize| {
            [(BEGIN, INSIDE), (BEGIN, END), (INSIDE, INSIDE), (INSIDE, END)]
                .map(|(from, to)| transition(part(kind, from), part(kind, to)))
        };
        Self {
            kinds,
            chain,
            forth: Border::new(closed.len(), |from, to| transition(closed[from], opening[to])),
            back: Border::new(closed.len(), |to, from| transition(closed[from], opening[to])),
            within: (0..kinds.len()).map(within).collect(),
        }
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
        let emissions = self.emissions(scores);
        let forward = self.forward(&emissions, 0);
        let best = spans_of(&self.best_path(&forward));
        let generous = if bonus > 0 { self.best_path(&self.forward(&emissions, bonus)) } else { Vec::new() };
        let apart = |span: &LabelledSpan| best.iter().all(|other| span.end <= other.start || other.end <= span.start);
        let further: Vec<LabelledSpan> = spans_of(&generous).into_iter().filter(apart).collect();
        if best.is_empty() && further.is_empty() {
            return Vec::new();
        }
        let backward = self.backward(&emissions);
        let margin = |span: &LabelledSpan| {
            let total = |state: usize| forward[span.start].at(state).saturating_add(backward[span.start].at(state));
            let opening = [1 + PARTS * span.kind + BEGIN, 1 + PARTS * span.kind + WHOLE];
            let with = opening.iter().map(|state| total(*state)).max().unwrap_or(NEVER);
            let rest = (0..1 + PARTS * self.kinds.len()).filter(|state| !opening.contains(state));
            with.saturating_sub(rest.map(total).max().unwrap_or(NEVER))
        };
        let sure = best.iter().map(|span| (*span, margin(span).max(0)));
        let mut spans: Vec<_> = sure.chain(further.iter().map(|span| (*span, margin(span).min(-1)))).collect();
        spans.sort_by_key(|(span, _)| span.start);
        spans
    }

    /// What both taggers together think of each state at each position.
    #[inline(always)]
    fn emissions(&self, scores: Scores<'_>) -> Vec<Row> {
        let network = scores.network.chunks_exact(self.chain.labels());
        let linear = scores.linear.scores.chunks_exact(scores.linear.labels);
        let row = |(network, linear): (&[i32], &[i32])| {
            let mut row = Row { open: [0; BORDERS], inner: [0; BORDERS] };
            let sum = |network: i32, linear: i32| NETWORK_UNIT * network + linear;
            row.open[0] = sum(network[0], linear[0]);
            let rows = row.open[1..].chunks_exact_mut(2).zip(row.inner[1..].chunks_exact_mut(2));
            for (kind, (open, inner)) in self.kinds.iter().zip(rows) {
                let own = kind.network.map_or([network[0]; PARTS], |kind| {
                    let first = 1 + PARTS * kind;
                    std::array::from_fn(|part| network[first..first + PARTS][part])
                });
                let [first, later] = [linear[1 + 2 * kind.linear], linear[2 + 2 * kind.linear]];
                open.copy_from_slice(&[sum(own[BEGIN], first), sum(own[WHOLE], first)]);
                inner.copy_from_slice(&[sum(own[INSIDE], later), sum(own[END], later)]);
            }
            row
        };
        network.zip(linear).map(row).collect()
    }

    /// The best score of each state at each position; never below [`NEVER`], so that sums stay far from overflow.
    /// States that open a name are worth `bonus` more.
    #[inline(always)]
    fn forward(&self, emissions: &[Row], bonus: i32) -> Vec<Row> {
        let mut more = [bonus; BORDERS];
        more[0] = 0;
        let mut forward = vec![UNREACHED; emissions.len()];
        let mut before: Option<&Row> = None;
        for (row, own) in forward.iter_mut().zip(emissions) {
            match before {
                Some(before) => self.forward_step(before, row),
                None => *row = self.start(),
            }
            row.add(own);
            row.open.iter_mut().zip(&more).for_each(|(score, more)| *score += more);
            before = Some(row);
        }
        forward
    }

    fn start(&self) -> Row {
        let mut row = UNREACHED;
        let label = |kind: Option<usize>, part: usize| kind.map_or(0, |kind| 1 + PARTS * kind + part);
        let score = |label: usize| NETWORK_UNIT * self.chain.start_score(label);
        row.open[0] = score(0);
        for (kind, open) in self.kinds.iter().zip(row.open[1..].chunks_exact_mut(2)) {
            open.copy_from_slice(&[score(label(kind.network, BEGIN)), score(label(kind.network, WHOLE))]);
        }
        row
    }

    #[inline(always)]
    fn forward_step(&self, before: &Row, row: &mut Row) {
        row.open = self.forth.best(&before.closed());
        let before = before.open[1..].chunks_exact(2).zip(before.inner[1..].chunks_exact(2));
        let inner = row.inner[1..].chunks_exact_mut(2);
        for (([begin_inside, begin_end, inside_inside, inside_end], (open, closing)), inner) in
            self.within.iter().zip(before).zip(inner)
        {
            let (begin, inside) = (open[0], closing[0]);
            inner[0] = (begin + begin_inside).max(inside + inside_inside);
            inner[1] = (begin + begin_end).max(inside + inside_end);
        }
    }

    #[inline(always)]
    fn backward(&self, emissions: &[Row]) -> Vec<Row> {
        let mut backward = vec![UNREACHED; emissions.len()];
        let Some((last, earlier)) = backward.split_last_mut() else { return backward };
        let mut after: &Row = last_row(last);
        for (row, own) in earlier.iter_mut().zip(&emissions[1..]).rev() {
            let mut ahead = *after;
            ahead.add(own);
            self.backward_step(&ahead, row);
            after = row;
        }
        backward
    }

    #[inline(always)]
    fn backward_step(&self, ahead: &Row, now: &mut Row) {
        let closed = self.back.best(&ahead.open);
        now.open[0] = closed[0];
        for (kind, [begin_inside, begin_end, inside_inside, inside_end]) in self.within.iter().enumerate() {
            let (first, second) = (1 + 2 * kind, 2 + 2 * kind);
            let (inside, end) = (ahead.inner[first], ahead.inner[second]);
            now.open[first] = (inside + begin_inside).max(end + begin_end).max(NEVER);
            now.open[second] = closed[second];
            now.inner[first] = (inside + inside_inside).max(end + inside_end).max(NEVER);
            now.inner[second] = closed[first];
        }
    }

    /// Back from the best last state; ties go to the lower state.
    #[inline(always)]
    fn best_path(&self, forward: &[Row]) -> Vec<usize> {
        let mut path = vec![0; forward.len()];
        let mut next = None;
        for (state, row) in path.iter_mut().zip(forward).rev() {
            *state = match next.map(|to: usize| (to, to.wrapping_sub(1) / PARTS, to.wrapping_sub(1) % PARTS)) {
                None => self.best_last(row),
                Some((0, ..)) => self.best_border(row, 0),
                Some((_, kind, BEGIN)) => self.best_border(row, 1 + 2 * kind),
                Some((_, kind, WHOLE)) => self.best_border(row, 2 + 2 * kind),
                Some((_, kind, part)) => {
                    let [begin_inside, begin_end, inside_inside, inside_end] = self.within[kind];
                    let (begin, inside) =
                        if part == END { (begin_end, inside_end) } else { (begin_inside, inside_inside) };
                    let first = 1 + PARTS * kind;
                    let goes_on = row.at(first + INSIDE) + inside > row.at(first + BEGIN) + begin;
                    first + if goes_on { INSIDE } else { BEGIN }
                }
            };
            next = Some(*state);
        }
        path
    }

    /// The best state before a border behind which the state of that place stands.
    #[inline(always)]
    fn best_border(&self, row: &Row, to: usize) -> usize {
        let closed = row.closed();
        let mut best = (0, i32::MIN);
        self.forth.each_of_use(&closed, |nth, across| {
            let total = closed[nth] + across[to];
            if total > best.1 {
                best = (nth, total);
            }
        });
        closed_state(best.0)
    }

    /// The best state behind which the text may end.
    fn best_last(&self, row: &Row) -> usize {
        let closed = row.closed();
        let best = (0..1 + 2 * self.kinds.len()).rev().max_by_key(|nth| closed[*nth]);
        closed_state(best.unwrap_or(0))
    }
}

/// The state at a place among those after which a name may begin.
fn closed_state(nth: usize) -> usize {
    match nth {
        0 => 0,
        nth => 1 + PARTS * ((nth - 1) / 2) + if nth % 2 == 1 { END } else { WHOLE },
    }
}

/// The scores behind a text's last position: a name must not be open there.
fn last_row(row: &mut Row) -> &Row {
    for (open, inner) in row.open[1..].chunks_exact_mut(2).zip(row.inner[1..].chunks_exact_mut(2)) {
        (open[1], inner[1]) = (0, 0);
    }
    row.open[0] = 0;
    row
}

fn transition(kinds: &[JointKind], chain: Chain<'_>, linear: &SequenceModel, from: usize, to: usize) -> i32 {
    let width = linear.labels().len();
    let own = linear.transitions[linear_label(kinds, from) * width + linear_label(kinds, to)];
    let network = chain.transition(network_label(kinds, from), network_label(kinds, to));
    // What one tagger never sees, as kinds that only the other knows, costs nothing in it.
    let known = |score: i32| if score < -100_000_000 { 0 } else { score };
    known(own) + NETWORK_UNIT * known(network)
}

fn linear_label(kinds: &[JointKind], state: usize) -> usize {
    match state.checked_sub(1) {
        None => 0,
        Some(at) => 1 + 2 * kinds[at / PARTS].linear + usize::from(!matches!(at % PARTS, BEGIN | WHOLE)),
    }
}

fn network_label(kinds: &[JointKind], state: usize) -> usize {
    let kind = state.checked_sub(1).and_then(|at| kinds[at / PARTS].network.map(|kind| (kind, at % PARTS)));
    kind.map_or(0, |(kind, part)| 1 + PARTS * kind + part)
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
