//! The shipped weights against the scores that the training script's fixed-point simulation gave.

use std::sync::LazyLock;

use super::*;
use proptest::prelude::*;

const SAMPLES: &str = include_str!("../../../weights/samples.tsv");

static NETWORK: LazyLock<Network> =
    LazyLock::new(|| Network::load(SHIPPED_WEIGHTS).expect("the shipped weights are of this format"));

/// FNV-1a, 64 bits, of the scores as little-endian 32-bit numbers.
fn hash(scores: &[i32]) -> u64 {
    let bytes = scores.iter().flat_map(|score| score.to_le_bytes());
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3))
}

/// The scores of each character: of its outer labels, then of its inner ones.
fn scores(chars: &[char], features: &[u64]) -> Vec<i32> {
    let states = NETWORK.read(&[Stretch { chars, features }]).remove(0);
    let (outer, inner) = (NETWORK.outer_scores(&states), NETWORK.inner_scores(&states, 0..chars.len()));
    let outer = outer.chunks_exact(NETWORK.outer_chain().labels());
    let inner = inner.chunks_exact(NETWORK.inner_chain().labels());
    outer.zip(inner).flat_map(|(outer, inner)| [outer, inner].concat()).collect()
}

#[test]
fn stretches_are_read_by_themselves() {
    let texts: Vec<Vec<char>> = ["青岚区", "园", "", "云溪新材料产业园区开工", "投资5亿元", "科技园"]
        .iter()
        .map(|t| t.chars().collect())
        .collect();
    let stretches: Vec<Stretch<'_>> = texts.iter().map(|chars| Stretch { chars, features: &[5, 0, 9] }).collect();
    for (stretch, states) in stretches.iter().zip(NETWORK.read(&stretches)) {
        let alone = NETWORK.read(&[*stretch]).remove(0);
        assert_eq!(NETWORK.outer_scores(&states), NETWORK.outer_scores(&alone), "{:?}", stretch.chars);
    }
}

#[test]
fn scores_are_those_of_the_simulation() {
    for line in SAMPLES.lines() {
        let [text, bits, want] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three fields in {line}") };
        let chars: Vec<char> = text.chars().collect();
        let bits: Vec<u64> = bits.split(' ').map(|word| u64::from_str_radix(word, 16).unwrap()).collect();
        assert_eq!(format!("{:016x}", hash(&scores(&chars, &bits))), want, "{text}");
    }
}

#[test]
fn damaged_weights_are_refused() {
    let cut = &SHIPPED_WEIGHTS[..SHIPPED_WEIGHTS.len() - 1];
    let long = [SHIPPED_WEIGHTS, &[0]].concat();
    let mut version = SHIPPED_WEIGHTS.to_vec();
    version[8] = 9;
    for bytes in [&[][..], b"PGTAGGER", cut, &long, &version] {
        assert!(matches!(Network::load(bytes), Err(LearnError::Weights(_))), "{} bytes", bytes.len());
    }
}

proptest! {
    #[test]
    fn any_text_and_any_hits_give_bits_and_scores(
        text in "[a-z0-9“”《》。,区园司业 ]{0,24}",
        hits in prop::collection::vec((0usize..30, 0usize..6, 0usize..3), 0..8),
    ) {
        let chars: Vec<char> = text.chars().collect();
        let classes = [WordClass::Place, WordClass::Stop, WordClass::PersonTitle];
        let mut bits = Vec::new();
        let hits = hits.into_iter().map(|(at, n, class)| (at..at + n, classes[class]));
        super::bits(&chars, [(0..chars.len(), "n")], hits, &mut bits);
        prop_assert_eq!(bits.len(), chars.len());
        let labels = NETWORK.outer_chain().labels() + NETWORK.inner_chain().labels();
        prop_assert_eq!(scores(&chars, &bits).len(), chars.len() * labels);
    }
}
