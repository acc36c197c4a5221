//! The characters of each page of a PDF, and where they stand.

use std::panic;
use std::sync::Arc;

use encoding_rs::GBK;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use unicode_normalization::UnicodeNormalization;

use super::super::Refusal;

/// Most characters of a page that are kept; a page of a newspaper has about 10,000.
const MOST: usize = 200_000;

/// From this many shapes on, a page without characters shows drawn text.
const DRAWN: u32 = 100;

/// Steps of drawing that a file may take, and more for each of its pages; a page of a newspaper takes some thousands.
/// Pages that draw themselves within themselves would go on for years.
const STEPS: u64 = 1_000_000;
const STEPS_OF_PAGE: u64 = 50_000;

/// With this the drawing of a page is ended from within, since the interpreter offers no other way.
struct Endless;

/// A character on a page. Lengths are in points, from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x: f32,
    /// Its base line.
    pub(super) y: f32,
    /// Height of the font.
    pub(super) size: f32,
}

/// What stands on a page.
pub(super) struct Page {
    /// From 1.
    pub(super) number: u32,
    pub(super) glyphs: Vec<Glyph>,
    /// Characters without a Unicode value.
    pub(super) unmapped: u32,
    /// True where pictures or drawn text may tell something.
    pub(super) has_pictures: bool,
}

/// All pages, in order.
pub(super) fn pages(bytes: &[u8]) -> Result<Vec<Page>, Refusal> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            Refusal::Encrypted("PDF")
        }
        _ => Refusal::Broken("PDF"),
    })?;
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let mut left = STEPS;
    for (page, number) in pdf.pages().iter().zip(1..) {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let upright: Affine = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(upright, bounds, &cache, page.xref(), InterpreterSettings::default());
        let mut seen = Seen { left: left + STEPS_OF_PAGE, ..Seen::default() };
        let drawing = panic::AssertUnwindSafe(|| interpret_page(page, &mut context, &mut seen));
        if let Err(cause) = panic::catch_unwind(drawing) {
            return if cause.is::<Endless>() { Err(Refusal::Endless("PDF")) } else { panic::resume_unwind(cause) };
        }
        left = left.min(seen.left);
        pages.push(seen.page(number));
    }
    if pages.is_empty() { Err(Refusal::Broken("PDF")) } else { Ok(pages) }
}

/// Collects what is drawn.
#[derive(Default)]
struct Seen {
    glyphs: Vec<Glyph>,
    /// Characters without a Unicode value, by their code.
    codes: Vec<(u32, Glyph)>,
    pictures: u32,
    paths: u32,
    /// Steps that may still be taken.
    left: u64,
}

impl Seen {
    /// Counts a step, and ends the drawing where there were too many.
    fn step(&mut self) {
        self.left = self.left.checked_sub(1).unwrap_or_else(|| panic::resume_unwind(Box::new(Endless)));
    }

    /// What was seen; codes without a Unicode value are read as GBK where that gives Chinese.
    fn page(mut self, number: u32) -> Page {
        let texts: Vec<Option<String>> = self.codes.iter().map(|(code, _)| gbk(*code)).collect();
        let known = texts.iter().filter(|text| text.is_some()).count();
        let mut unmapped = self.codes.len() as u32;
        if known * 10 >= texts.len() * 9 {
            unmapped -= known as u32;
            let found = self.codes.into_iter().zip(texts);
            self.glyphs.extend(found.filter_map(|((_, glyph), text)| Some(Glyph { text: text?, ..glyph })));
        }
        Page { number, glyphs: self.glyphs, unmapped, has_pictures: self.pictures > 0 || self.paths >= DRAWN }
    }
}

/// Radicals that have no canonical character, and the characters that look the same.
const RADICALS: &str = "⺟母⺠民⺮竹⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟";

/// The character that a glyph shows: fonts that share one glyph between a radical and a character name the radical.
fn character(c: char) -> char {
    match c {
        '\u{2f00}'..='\u{2fdf}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        '\u{2e80}'..='\u{2eff}' => {
            let mut pairs = RADICALS.chars().skip_while(|radical| *radical != c);
            pairs.nth(1).unwrap_or(c)
        }
        _ => c,
    }
}

/// The common Chinese character or sign with this code in GBK.
fn gbk(code: u32) -> Option<String> {
    let [_, _, lead, trail] = code.to_be_bytes();
    if !(matches!(lead, 0xa1..=0xa3 | 0xb0..=0xf7) && trail >= 0xa1) {
        return None;
    }
    GBK.decode_without_bom_handling_and_without_replacement(&[lead, trail]).map(|text| text.into_owned())
}

impl Device<'_> for Seen {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        self.step();
        for glyph in run.glyphs() {
            if self.glyphs.len() + self.codes.len() >= MOST {
                return;
            }
            let transform = props.transform * glyph.transform();
            let place = transform * Point::ZERO;
            // A font's units are a thousandth of its height.
            let height = transform * Point::new(0.0, 1000.0) - place;
            let size = Vec2::hypot(height) as f32;
            let finite = place.x.is_finite() && place.y.is_finite() && size.is_finite() && size > 0.0;
            if !finite {
                continue;
            }
            let placed = |text| Glyph { text, x: place.x as f32, y: place.y as f32, size };
            match glyph.as_unicode() {
                Some(BfString::Char(c)) => self.glyphs.push(placed(character(c).to_string())),
                Some(BfString::String(text)) => self.glyphs.push(placed(text.chars().map(character).collect())),
                None => self.codes.push((glyph.char_code(), placed(String::new()))),
            }
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.step();
        self.pictures += 1;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.step();
        self.paths += 1;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.step();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_the_characters_that_they_look_like() {
        let read: String = "压⼒⾼⻢⻳一".chars().map(character).collect();
        assert_eq!(read, "压力高马龟一");
    }

    #[test]
    fn codes_of_gbk_are_read_where_they_give_chinese() {
        assert_eq!([0xd0c7, 0xbad3, 0x0041, 0xffff].map(gbk), [Some("星".into()), Some("河".into()), None, None]);
    }
}
