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

#[test]
fn scores_are_those_of_the_simulation() {
    let network = &*NETWORK;
    let mut scores = Vec::new();
    for line in SAMPLES.lines() {
        let [text, bits, want] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three fields in {line}") };
        let chars: Vec<char> = text.chars().collect();
        let bits: Vec<u64> = bits.split(' ').map(|word| u64::from_str_radix(word, 16).unwrap()).collect();
        network.emissions(&chars, &bits, &mut scores);
        assert_eq!(scores.len(), chars.len() * network.scores_per_char(), "{text}");
        assert_eq!(format!("{:016x}", hash(&scores)), want, "{text}");
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
        let (network, mut scores) = (&*NETWORK, Vec::new());
        network.emissions(&chars, &bits, &mut scores);
        prop_assert_eq!(scores.len(), chars.len() * network.scores_per_char());
    }
}
