use super::*;
use super::load::Stock;
#[test]
fn prints_measures() {
    for _ in 0..4 {
    let t = std::time::Instant::now();
    let mut stock = Stock::shipped();
    let a=t.elapsed();
    stock.link();
    let b=t.elapsed();
    let auto = Automaton::build(&stock);
    println!("load {a:?} {b:?} {:?}", t.elapsed());

    let _=auto;
    let l=Lexicon::shipped();
    println!("heap {}", l.heap_bytes());
    let mut texts: Vec<Vec<char>> = vec![]; let mut bytes=0;
    for f in std::fs::read_dir("/work/shared/gold/train").unwrap() { let p=f.unwrap().path(); if p.extension().unwrap()=="txt" { let s=std::fs::read_to_string(p).unwrap(); bytes+=s.len(); texts.push(s.chars().collect()); } }
    let mut best=0f64; let mut n=0;
    for _ in 0..40 { let t = std::time::Instant::now(); n=0; for c in &texts { n+=l.scan(c).len(); } best=best.max(bytes as f64/t.elapsed().as_secs_f64()/1e6); }
    println!("scan {best} MB/s, {n} of {}", texts.iter().map(|t| t.len()).sum::<usize>());
    }
}
