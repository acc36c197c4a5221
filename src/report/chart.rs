//! Charts as inline SVG: bars to the right, columns over periods.

use super::html::escaped;

/// A bar or column.
pub struct Bar {
    /// What it stands for; HTML where bars lie, plain text under columns.
    pub name: String,
    /// Its length.
    pub value: f64,
    /// The value as it is written beside it, as HTML.
    pub text: String,
    /// True for an aim, which is drawn hollow.
    pub hollow: bool,
}

/// Bars to the right, one a line, with names and values as text, so that they wrap on small screens.
pub fn bars(bars: &[Bar]) -> String {
    let most = bars.iter().map(|bar| bar.value).fold(f64::MIN_POSITIVE, f64::max);
    let line = |bar: &Bar| {
        let width = (bar.value / most * 100.0).clamp(0.5, 100.0);
        format!(
            "<div class=\"bar\"><span class=\"name\">{}</span><span class=\"track\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{width:.2}\" height=\"10\"/></svg></span><span class=\"value\">{}</span></div>\n",
            bar.name, bar.text
        )
    };
    format!("<div class=\"bars\">\n{}</div>\n", bars.iter().map(line).collect::<String>())
}

/// Width and height of a chart of columns, in units of the drawing.
const SIZE: (f64, f64) = (320.0, 150.0);
/// Height of the part above the axis.
const PLOT: f64 = 100.0;

/// Columns from left to right with names below and values above; falls go below the axis.
pub fn columns(columns: &[Bar]) -> String {
    let most = columns.iter().map(|bar| bar.value.abs()).fold(f64::MIN_POSITIVE, f64::max);
    let step = SIZE.0 / columns.len().max(1) as f64;
    let mut inside = format!("<line x1=\"0\" y1=\"{0}\" x2=\"{1}\" y2=\"{0}\"/>", PLOT + 20.0, SIZE.0);
    for (number, bar) in columns.iter().enumerate() {
        let middle = step * (number as f64 + 0.5);
        let height = (bar.value.abs() / most * PLOT).max(1.0);
        let width = (step * 0.5).min(44.0);
        let class = if bar.hollow { "hollow" } else { "solid" };
        let top = PLOT + 20.0 - height;
        inside += &format!(
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\"/>\
             <text x=\"{middle:.1}\" y=\"{:.1}\">{}</text><text class=\"period\" x=\"{middle:.1}\" y=\"{}\">{}</text>",
            middle - width / 2.0,
            top - 5.0,
            bar.text,
            PLOT + 38.0,
            escaped(&bar.name)
        );
    }
    format!("<svg class=\"columns\" viewBox=\"0 0 {} {}\" role=\"img\">{inside}</svg>", SIZE.0, SIZE.1)
}
