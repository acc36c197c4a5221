use super::*;
#[test]
fn prints_measures() {
    for _ in 0..3 {
    let t = std::time::Instant::now();
    let mut stock = Stock::shipped();
    println!("stock {:?}", t.elapsed()); let t = std::time::Instant::now();
    stock.link();
    println!("link {:?}", t.elapsed()); let t = std::time::Instant::now();
    let a = Automaton::build(&stock).unwrap();
    println!("build {:?} {}", t.elapsed(), a.heap_bytes()); let t = std::time::Instant::now();
    let bytes = a.matcher.serialize();
    println!("ser {:?} {}", t.elapsed(), bytes.len()); let t = std::time::Instant::now();
    let m = daachorse::CharwiseDoubleArrayAhoCorasick::<u32>::deserialize(&bytes).unwrap();
    println!("deser {:?} {}", t.elapsed(), m.0.heap_bytes());
    let lexicon = Lexicon::shipped();
    let mut text=String::new();
    for f in std::fs::read_dir("/work/shared/gold/train").unwrap() { let p=f.unwrap().path(); if p.extension().unwrap()=="txt" { text.push_str(&std::fs::read_to_string(p).unwrap()); } }
    let chars: Vec<char> = text.chars().collect();
    let t = std::time::Instant::now();
    let mut n=0; for _ in 0..10 { n+=lexicon.scan(&chars).len(); }
    let e=t.elapsed().as_secs_f64();
    println!("scan {} MB/s, {} hits/char", text.len() as f64*10.0/e/1e6, n as f64/10.0/chars.len() as f64);
    }
}
