//! Boosting of decision trees by Newton steps on the logistic loss, with histograms and best-first growth (Friedman
//! 2001; Ke et al. 2017), over a fixed order of examples and a fixed stream of random numbers.

use super::forest::{Branch, Forest, Tree, TreeNode};
use super::linear::SCALE;
use super::linear_training::shuffle;

/// One thing judged by an annotator, in whole numbers.
#[derive(Debug, Clone)]
pub struct ForestExample {
    /// Its features; every example has as many.
    pub numbers: Vec<i32>,
    /// The judgement.
    pub yes: bool,
    /// How much it counts; 0 leaves it out.
    pub weight: f32,
}

/// How to grow.
#[derive(Debug, Clone, Copy)]
pub struct ForestOptions {
    /// How many trees.
    pub trees: usize,
    /// Most leaves of a tree.
    pub leaves: usize,
    /// What share of a leaf's Newton step is taken.
    pub rate: f64,
    /// Fewest examples in a leaf.
    pub fewest: usize,
    /// L2 penalty on leaves.
    pub penalty: f64,
    /// Share of the features that each tree looks at.
    pub features: f64,
    /// Share of the examples that each tree looks at.
    pub examples: f64,
}

impl Default for ForestOptions {
    fn default() -> Self {
        Self { trees: 150, leaves: 15, rate: 0.05, fewest: 20, penalty: 5.0, features: 0.3, examples: 0.7 }
    }
}

/// Most steps into which the values of one feature are sorted.
const BINS: usize = 64;

/// Grows a judge whose threshold is even odds. The examples are borrowed so that folds need no copies.
pub fn train_forest(examples: &[&ForestExample], options: ForestOptions) -> Forest {
    let kept: Vec<&ForestExample> = examples.iter().copied().filter(|e| e.weight > 0.0).collect();
    let Some(width) = kept.first().map(|e| e.numbers.len()) else { return Forest::default() };
    let columns: Vec<Column> = (0..width).map(|at| Column::new(&kept, at)).collect();
    let yes: f64 = kept.iter().filter(|e| e.yes).map(|e| f64::from(e.weight)).sum();
    let all: f64 = kept.iter().map(|e| f64::from(e.weight)).sum();
    let bias = ((yes + 1.0) / (all - yes + 1.0)).ln();
    let mut scores = vec![bias; kept.len()];
    let mut trees = Vec::new();
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let usable: Vec<usize> = (0..width).filter(|at| !columns[*at].edges.is_empty()).collect();
    for _ in 0..options.trees {
        let slopes: Vec<(f64, f64)> = kept.iter().zip(&scores).map(|(e, score)| slope(e, *score)).collect();
        let rows = drawn((0..kept.len()).collect(), options.examples, &mut state);
        let features = drawn(usable.clone(), options.features, &mut state);
        let tree = Grower { columns: &columns, slopes: &slopes, features: &features, options }.grow(rows);
        for (score, example) in scores.iter_mut().zip(&kept) {
            *score += f64::from(tree.leaves[tree.leaf(&example.numbers)]) / SCALE;
        }
        trees.push(tree);
    }
    Forest::new(trees, (bias * SCALE).round() as i32, 0)
}

/// Gradient and curvature of the loss at a score.
fn slope(example: &ForestExample, score: f64) -> (f64, f64) {
    let p = 1.0 / (1.0 + (-score).exp());
    let weight = f64::from(example.weight);
    (weight * (p - f64::from(u8::from(example.yes))), weight * p * (1.0 - p))
}

/// A share of a list, at least one, in rising order.
fn drawn(mut list: Vec<usize>, share: f64, state: &mut u64) -> Vec<usize> {
    let count = ((list.len() as f64 * share).round() as usize).max(1);
    shuffle(&mut list, state);
    list.truncate(count);
    list.sort_unstable();
    list
}

/// The values of one feature, sorted into steps.
struct Column {
    /// Greatest value of each step but the last.
    edges: Vec<i32>,
    /// The step of each example.
    steps: Vec<u8>,
}

impl Column {
    fn new(examples: &[&ForestExample], at: usize) -> Self {
        let mut values: Vec<i32> = examples.iter().map(|e| e.numbers[at]).collect();
        values.sort_unstable();
        let mut edges: Vec<i32> = (1..BINS).map(|step| values[step * values.len() / BINS]).collect();
        let mut distinct = values.clone();
        distinct.dedup();
        if distinct.len() <= BINS {
            edges = distinct;
        }
        edges.dedup();
        if edges.last() == values.last() {
            edges.pop();
        }
        let step = |e: &&ForestExample| edges.partition_point(|edge| *edge < e.numbers[at]) as u8;
        let steps = examples.iter().map(step).collect();
        Self { edges, steps }
    }
}

struct Grower<'a> {
    columns: &'a [Column],
    slopes: &'a [(f64, f64)],
    features: &'a [usize],
    options: ForestOptions,
}

/// A leaf that may yet be split.
struct Growing {
    rows: Vec<usize>,
    sums: (f64, f64),
    /// Gain, feature and step of its best split.
    best: Option<(f64, usize, usize)>,
    /// The node and side it hangs from.
    from: Option<(usize, bool)>,
}

impl Grower<'_> {
    fn grow(&self, rows: Vec<usize>) -> Tree {
        let mut tree = Tree::default();
        let mut open = vec![self.growing(rows, None)];
        while open.len() < self.options.leaves {
            let gain = |leaf: &Growing| leaf.best.map_or(0.0, |(gain, ..)| gain);
            let best = (0..open.len()).fold(0, |best, at| if gain(&open[at]) > gain(&open[best]) { at } else { best });
            let Some((_, feature, step)) = open[best].best else { break };
            let leaf = open.swap_remove(best);
            let node = tree.nodes.len();
            let at_most = self.columns[feature].edges[step];
            // Both branches are set when what hangs from them is known.
            let unset = Branch::Leaf(0);
            tree.nodes.push(TreeNode { feature: feature as u32, at_most, below: unset, above: unset });
            hang(&mut tree, leaf.from, Branch::Node(node as u32));
            let (below, above): (Vec<usize>, Vec<usize>) =
                leaf.rows.into_iter().partition(|row| usize::from(self.columns[feature].steps[*row]) <= step);
            open.push(self.growing(below, Some((node, true))));
            open.push(self.growing(above, Some((node, false))));
        }
        for leaf in open {
            let value = -leaf.sums.0 / (leaf.sums.1 + self.options.penalty) * self.options.rate;
            let number = tree.leaves.len() as u32;
            hang(&mut tree, leaf.from, Branch::Leaf(number));
            tree.leaves.push((value * SCALE).round() as i16);
        }
        tree
    }

    fn growing(&self, rows: Vec<usize>, from: Option<(usize, bool)>) -> Growing {
        let add = |sums: (f64, f64), row: &usize| (sums.0 + self.slopes[*row].0, sums.1 + self.slopes[*row].1);
        let sums = rows.iter().fold((0.0, 0.0), add);
        let best = self.best_split(&rows, sums);
        Growing { rows, sums, best, from }
    }

    fn best_split(&self, rows: &[usize], sums: (f64, f64)) -> Option<(f64, usize, usize)> {
        let worth = |(gradient, curvature): (f64, f64)| gradient * gradient / (curvature + self.options.penalty);
        let fewest = self.options.fewest;
        if rows.len() < 2 * fewest {
            return None;
        }
        let mut best: Option<(f64, usize, usize)> = None;
        for &feature in self.features {
            let column = &self.columns[feature];
            let mut bins = [(0.0, 0.0, 0usize); BINS + 1];
            for &row in rows {
                let bin = &mut bins[usize::from(column.steps[row])];
                let slope = self.slopes[row];
                *bin = (bin.0 + slope.0, bin.1 + slope.1, bin.2 + 1);
            }
            let mut below = (0.0, 0.0, 0);
            for (step, bin) in bins.iter().enumerate().take(column.edges.len()) {
                below = (below.0 + bin.0, below.1 + bin.1, below.2 + bin.2);
                if below.2 < fewest || rows.len() - below.2 < fewest {
                    continue;
                }
                let above = (sums.0 - below.0, sums.1 - below.1);
                let gain = worth((below.0, below.1)) + worth(above) - worth(sums);
                if gain > best.map_or(1e-6, |(known, ..)| known) {
                    best = Some((gain, feature, step));
                }
            }
        }
        best
    }
}

fn hang(tree: &mut Tree, from: Option<(usize, bool)>, branch: Branch) {
    if let Some((node, below)) = from {
        let node = &mut tree.nodes[node];
        *(if below { &mut node.below } else { &mut node.above }) = branch;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_learn_what_no_line_divides() {
        let xor = |at: i32| ForestExample {
            numbers: vec![at % 2, at / 2 % 2, at % 7],
            yes: (at % 2) != (at / 2 % 2),
            weight: 1.0,
        };
        let examples: Vec<ForestExample> = (0..400).map(xor).collect();
        let borrowed: Vec<&ForestExample> = examples.iter().collect();
        let options = ForestOptions { features: 1.0, rate: 0.3, ..ForestOptions::default() };
        let forest = train_forest(&borrowed, options);
        assert!(examples.iter().all(|e| (forest.score(&e.numbers) > 0) == e.yes));
        for example in &examples {
            let score = forest.score(&example.numbers);
            let leaves = forest.trees.iter().map(|tree| i32::from(tree.leaves[tree.leaf(&example.numbers)]));
            assert_eq!(score, forest.bias + leaves.sum::<i32>());
            assert_eq!(forest.score_from(score, &example.numbers), Some(score));
            assert_eq!(forest.score_from(score + 1, &example.numbers), None);
        }
        assert_eq!(Forest::from_bytes(&forest.to_bytes()).ok(), Some(forest.clone()));
        assert_eq!(train_forest(&borrowed, options), forest);
        assert!(Forest::from_bytes(&forest.to_bytes()[..40]).is_err());
    }
}
