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
