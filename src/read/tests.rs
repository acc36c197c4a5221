//! The table of formats, and readers kept apart from one another.

use super::*;

#[test]
fn formats_are_known_by_content() {
    for (bytes, name, expected) in [
        ("%PDF-1.7".as_bytes(), "a.txt", "pdf"),
        ("<!DOCTYPE html><p>一".as_bytes(), "a.txt", "html"),
        ("\u{feff}\n<html>".as_bytes(), "a", "html"),
        ("{\"text\": \"一\"}".as_bytes(), "a.txt", "json"),
        ("{一}".as_bytes(), "a.txt", "text"),
        ("项目名称,总投资(亿元),状态\n甲,1,在建\n".as_bytes(), "a.txt", "csv"),
        ("一，二，三\n四，五，六\n".as_bytes(), "a.txt", "text"),
        ("---\ntitle: 一\n---\n二".as_bytes(), "a.txt", "markdown"),
        ("# 一\n二".as_bytes(), "a.md", "markdown"),
        ("WARC/1.0\r\n".as_bytes(), "a", "warc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.txt", "xls"),
        (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "a.docx", "zip"),
        ("正文。".as_bytes(), "a.html", "text"),
        ("<一>正文。".as_bytes(), "a.txt", "text"),
    ] {
        assert_eq!(format_of(&Head::of(bytes, name)).name(), expected, "{name}");
    }
}

#[test]
fn names_of_formats_are_their_own() {
    for format in FORMATS {
        assert_eq!(format_named(format.name()).map(Format::name), Some(format.name()));
        assert!(format.media_type().contains('/'));
    }
}

#[test]
fn broken_files_are_told_and_cost_only_themselves() {
    let settings = Settings::default();
    for (bytes, name) in [
        (&b"%PDF-1.7 nothing more"[..], "a.pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing more", "a.xls"),
        (b"PK\x03\x04 nothing more", "a.xlsx"),
    ] {
        let piece = Piece::memory(name.to_owned(), bytes.to_vec());
        let refusal = paper(bytes, &piece, &settings).expect_err("damaged");
        assert!(matches!(refusal, Refusal::Broken(_)), "{name}: {refusal:?}");
    }
}

#[test]
fn containers_in_containers_are_opened_only_so_deep() {
    let inner = "{\"text\":\"一\"}".as_bytes().to_vec();
    let pieces: Vec<_> = Piece::memory("a.jsonl".to_owned(), inner).expand().collect();
    assert!(matches!(pieces.as_slice(), [Ok(piece)] if piece.key == "a.jsonl/1"));
}

/// A format whose reader panics.
struct Panicking;

impl Format for Panicking {
    fn name(&self) -> &'static str {
        "panicking"
    }

    fn media_type(&self) -> &'static str {
        "application/x-panicking"
    }

    fn most_bytes(&self) -> u64 {
        100
    }

    fn fits(&self, _: &Head<'_>) -> bool {
        false
    }

    fn action(&self) -> Action {
        Action::Document(|_, _| panic!("a reader may do this"))
    }
}

#[test]
fn a_reader_that_panics_costs_only_its_file() {
    let settings = Settings::default();
    let mut pieces = ["a.x", "b.txt"].map(|name| Piece::memory(name.to_owned(), "正文一段。".into()));
    pieces[0].format = Some(&Panicking);
    let told = pieces.map(|piece| paper("正文一段。".as_bytes(), &piece, &settings).map(|paper| paper.format));
    assert_eq!(told, [Err(Refusal::Broken("panicking")), Ok("text")]);
}

/// A PDF of one page whose forms draw one another, each the next one so many times.
#[cfg(feature = "pdf")]
fn nested(forms: usize, times: usize, inmost: &str) -> Vec<u8> {
    let stream = |extra: &str, body: &str| format!("<< {extra} /Length {} >>\nstream\n{body}\nendstream", body.len());
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>".to_owned(),
        stream("", "/F Do"),
    ];
    for form in 0..forms {
        let is_inmost = form + 1 == forms;
        let inside = if is_inmost { String::new() } else { format!("/XObject << /F {} 0 R >>", form + 6) };
        let body = if is_inmost { inmost.to_owned() } else { "/F Do ".repeat(times) };
        let head = format!("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << {inside} >>");
        objects.push(stream(&head, &body));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file += &format!("{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_that_draws_without_end_is_given_up() {
    let settings = Settings::default();
    for (forms, times, inmost, expected) in [
        (3, 10, "0 0 10 10 re f", Refusal::NoTextLayer),
        (10, 30, "0 0 10 10 re f", Refusal::Endless("PDF")),
        (10, 30, "", Refusal::Endless("PDF")),
    ] {
        let bytes = nested(forms, times, inmost);
        let piece = Piece::memory("a.pdf".to_owned(), bytes.clone());
        assert_eq!(paper(&bytes, &piece, &settings), Err(expected), "{forms} forms");
    }
}
