//! Barnes and Hut's tree: squares that are divided until each holds one point, with the mass and middle of what is inside.

use super::Point;

/// A square that looks smaller than this, as size by distance, acts as one point.
const THETA: f64 = 1.2;
/// Squares inside squares at most; points closer than the last one's size act together.
const DEPTH: usize = 24;

/// A square.
#[derive(Debug, Clone, Copy)]
struct Cell {
    middle: Point,
    half: f64,
    mass: f64,
    /// Sum of positions by mass; by `mass` it is the middle of what is inside.
    moment: Point,
    /// The first of four cells inside; 0 for none.
    inside: usize,
}

/// The tree; its first cell is the whole.
pub(super) struct Tree {
    cells: Vec<Cell>,
}

impl Tree {
    pub(super) fn new(points: impl Iterator<Item = (Point, f64)> + Clone) -> Self {
        let reach = points.clone().map(|(at, _)| at.x.abs().max(at.y.abs())).fold(1.0, f64::max);
        let whole = Cell { middle: Point::default(), half: reach, mass: 0.0, moment: Point::default(), inside: 0 };
        let mut tree = Self { cells: vec![whole] };
        points.for_each(|(at, mass)| tree.add(at, mass));
        tree
    }

    fn add(&mut self, at: Point, mass: f64) {
        let mut cell = 0;
        for depth in 0..DEPTH {
            let here = self.cells[cell];
            let is_empty = here.mass == 0.0;
            if !is_empty && here.inside == 0 {
                self.divide(cell);
            }
            self.put(cell, at, mass);
            if is_empty || depth + 1 == DEPTH {
                return;
            }
            cell = self.cells[cell].inside + quarter(here.middle, at);
        }
    }

    fn put(&mut self, cell: usize, at: Point, mass: f64) {
        let cell = &mut self.cells[cell];
        cell.mass += mass;
        cell.moment.x += at.x * mass;
        cell.moment.y += at.y * mass;
    }

    /// Gives a cell four inside it, and what it holds to one of them.
    fn divide(&mut self, cell: usize) {
        let Cell { middle, half, mass, moment, .. } = self.cells[cell];
        let inside = self.cells.len();
        self.cells[cell].inside = inside;
        let half = half / 2.0;
        for (right, below) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
            let middle = Point { x: middle.x + right * half, y: middle.y + below * half };
            self.cells.push(Cell { middle, half, mass: 0.0, moment: Point::default(), inside: 0 });
        }
        let at = Point { x: moment.x / mass, y: moment.y / mass };
        self.put(inside + quarter(middle, at), at, mass);
    }

    /// The push of all points on one at `at`, in proportion to `strength` and to one by the distance.
    pub(super) fn push(&self, at: Point, strength: f64) -> Point {
        let mut push = Point::default();
        let mut open = vec![0];
        while let Some(next) = open.pop() {
            let cell = self.cells[next];
            if cell.mass == 0.0 {
                continue;
            }
            let (dx, dy) = (at.x - cell.moment.x / cell.mass, at.y - cell.moment.y / cell.mass);
            let square = dx * dx + dy * dy;
            if cell.inside == 0 || 4.0 * cell.half * cell.half < THETA * THETA * square {
                // The point itself is at no distance from itself and pushes nothing.
                let force = strength * cell.mass / square.max(0.01);
                push.x += dx * force;
                push.y += dy * force;
            } else {
                open.extend(cell.inside..cell.inside + 4);
            }
        }
        push
    }
}

fn quarter(middle: Point, at: Point) -> usize {
    usize::from(at.x > middle.x) + 2 * usize::from(at.y > middle.y)
}
