//! Positions for drawing, by ForceAtlas2 with strong gravity (Jacomy, Venturini, Heymann, Bastian 2014) and Barnes and Hut's approximation
//! for far things. A fixed order and no functions beyond square roots: equal graphs get equal positions on
//! every machine.

mod tree;

use rayon::prelude::*;

use tree::Tree;

/// A place on the plane, in units in which joined things stand some ten apart.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// Strength of the repulsion between things.
const REPULSION: f64 = 12.0;
/// Strength of the pull to the middle, which grows with the distance from it and keeps unconnected parts near.
const GRAVITY: f64 = 0.2;
/// Things that one thread pushes before it looks for more.
const AT_ONCE: usize = 256;
/// How much swinging is borne before steps become shorter.
const TOLERANCE: f64 = 1.0;

/// One node in motion.
#[derive(Debug, Clone, Copy, Default)]
struct Body {
    at: Point,
    force: Point,
    before: Point,
    /// One more than the number of edges.
    mass: f64,
}

/// Positions of `count` nodes joined by `edges`, which are pairs of indices below `count`. Nodes start on a spiral in the
/// order of `order`, so that those that follow one another there start together. `rounds` of 100 to 300 give a settled
/// picture.
pub fn layout(count: usize, edges: &[(usize, usize)], order: &[usize], rounds: usize) -> Vec<Point> {
    let mut bodies = spiral(count, order);
    for &(from, to) in edges {
        bodies[from].mass += 1.0;
        bodies[to].mass += 1.0;
    }
    let mut speed = 1.0;
    for _ in 0..rounds {
        repel(&mut bodies);
        attract(&mut bodies, edges);
        speed = step(&mut bodies, speed);
    }
    bodies.into_iter().map(|body| body.at).collect()
}

/// The golden angle's cosine and sine: points that turn by it fill a disc evenly.
const TURN: (f64, f64) = (-0.737_368_878_078_319_7, 0.675_490_294_261_523_7);

fn spiral(count: usize, order: &[usize]) -> Vec<Body> {
    let mut bodies = vec![Body { mass: 1.0, ..Body::default() }; count];
    let (mut cos, mut sin) = (1.0_f64, 0.0_f64);
    for (rank, &node) in order.iter().enumerate() {
        let radius = 10.0 * (rank as f64 + 0.5).sqrt();
        bodies[node].at = Point { x: radius * cos, y: radius * sin };
        (cos, sin) = (cos * TURN.0 - sin * TURN.1, sin * TURN.0 + cos * TURN.1);
        let length = (cos * cos + sin * sin).sqrt();
        (cos, sin) = (cos / length, sin / length);
    }
    bodies
}

fn repel(bodies: &mut [Body]) {
    let tree = Tree::new(bodies.iter().map(|body| (body.at, body.mass)));
    let repel = |body: &mut Body| {
        let push = tree.push(body.at, body.mass * REPULSION);
        let pull = GRAVITY * body.mass;
        body.before = body.force;
        body.force = Point { x: push.x - body.at.x * pull, y: push.y - body.at.y * pull };
    };
    // Each is pushed by where the others are, whoever is moved first: the number of threads changes nothing.
    bodies.par_chunks_mut(AT_ONCE).for_each(|chunk| chunk.iter_mut().for_each(repel));
}

fn attract(bodies: &mut [Body], edges: &[(usize, usize)]) {
    for &(from, to) in edges {
        let (dx, dy) = (bodies[to].at.x - bodies[from].at.x, bodies[to].at.y - bodies[from].at.y);
        bodies[from].force.x += dx;
        bodies[from].force.y += dy;
        bodies[to].force.x -= dx;
        bodies[to].force.y -= dy;
    }
}

/// Moves every node, less the more it swings; gives the speed of the next round.
fn step(bodies: &mut [Body], speed: f64) -> f64 {
    let swing = |body: &Body| {
        let (dx, dy) = (body.force.x - body.before.x, body.force.y - body.before.y);
        (dx * dx + dy * dy).sqrt()
    };
    let traction = |body: &Body| {
        let (sx, sy) = (body.force.x + body.before.x, body.force.y + body.before.y);
        (sx * sx + sy * sy).sqrt() / 2.0
    };
    let swinging: f64 = bodies.iter().map(|body| body.mass * swing(body)).sum();
    let useful: f64 = bodies.iter().map(|body| body.mass * traction(body)).sum();
    let target = TOLERANCE * useful / swinging.max(1e-9);
    let speed = speed + (target - speed).min(0.5 * speed);
    for body in bodies {
        let own = speed / (1.0 + (speed * body.mass * swing(body)).sqrt());
        let force = (body.force.x * body.force.x + body.force.y * body.force.y).sqrt();
        // No step is longer than ten units.
        let own = if force * own > 10.0 { 10.0 / force } else { own };
        body.at.x += body.force.x * own;
        body.at.y += body.force.y * own;
    }
    speed
}
