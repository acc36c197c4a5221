//! The dialogue: one question after another, with history and completion of names.

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{CompletionType, Config, Editor, Helper, Highlighter, Hinter, Validator};
use unicode_width::UnicodeWidthChar;

use super::super::{Context, Failure, Outcome, print};
use super::Asker;
use crate::ask::Names;

/// File of the questions asked before, in the user's state folder.
const HISTORY: &str = "parkgraph/questions";
/// Most questions that are remembered.
const REMEMBERED: usize = 500;
/// Most names that are offered.
const OFFERED: usize = 20;
/// Longest beginning of a name that is looked for, in characters.
const LONGEST: usize = 30;

/// Completes the name before the cursor.
#[derive(Helper, Highlighter, Hinter, Validator)]
struct Completion {
    names: Names,
}

impl Completer for Completion {
    type Candidate = Pair;

    /// The longest end of the line that some name begins with is completed.
    fn complete(&self, line: &str, at: usize, _: &rustyline::Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let typed = line.get(..at).unwrap_or(line);
        let skipped = typed.chars().count().saturating_sub(LONGEST);
        for (start, _) in typed.char_indices().skip(skipped) {
            let names = self.names.beginning(&typed[start..], OFFERED);
            if !names.is_empty() {
                let pair = |name: String| Pair { display: name.clone(), replacement: name };
                return Ok((start, names.into_iter().map(pair).collect()));
            }
        }
        Ok((at, Vec::new()))
    }
}

/// Asks for questions and answers them until the end of input.
///
/// # Errors
/// When the store or the terminal fails.
pub(super) fn talk(asker: &Asker<'_>, context: &Context) -> Result<Outcome, Failure> {
    let failed = |error: ReadlineError| {
        Failure::new(
            format!("终端无法使用：{error}；请把问题写在命令后面"),
            format!("the terminal cannot be used: {error}; write the question behind the command"),
        )
    };
    let config =
        Config::builder().completion_type(CompletionType::List).max_history_size(REMEMBERED).map_err(failed)?;
    let mut editor: Editor<Completion, DefaultHistory> = Editor::with_config(config.build()).map_err(failed)?;
    editor.set_helper(Some(Completion { names: Names::read(asker.store)? }));
    let history = history();
    if let Some(path) = &history {
        // A history that cannot be read is an empty one.
        let _ = editor.load_history(path);
    }
    context.note("请提问，Tab 补全名称，Ctrl-D 结束。", "Ask away; Tab completes names, Ctrl-D ends.");
    let prompt = context.pick("问> ", "ask> ");
    loop {
        match editor.readline(prompt) {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) if matches!(line.trim(), "exit" | "quit" | "退出") => break,
            Ok(line) => {
                let _ = editor.add_history_entry(line.as_str());
                let width = editor.dimensions().map(|(columns, _)| usize::from(columns));
                let (_, text) = asker.reply(&line)?;
                print(&width.map_or(text.clone(), |width| wrapped(&text, width)))?;
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(failed(error)),
        }
    }
    if let Some(path) = &history {
        // Not to remember is no reason to fail.
        let _ = path.parent().map(std::fs::create_dir_all);
        let _ = editor.save_history(path);
    }
    Ok(Outcome::Done)
}

/// Least number of columns to which lines are broken.
const NARROWEST: usize = 40;

/// `text` with its lines broken to `width` columns, what is broken off indented as the line is.
fn wrapped(text: &str, width: usize) -> String {
    let width = width.max(NARROWEST);
    let mut wrapped = String::with_capacity(text.len());
    for line in text.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let mut column = 0;
        for c in line.chars() {
            let wide = c.width().unwrap_or(0);
            if column + wide >= width {
                wrapped.push('\n');
                wrapped.push_str(&" ".repeat(indent));
                column = indent;
            }
            wrapped.push(c);
            column += wide;
        }
        wrapped.push('\n');
    }
    wrapped
}

/// Where questions are remembered: none where no folder is known.
fn history() -> Option<std::path::PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|path| !path.is_empty()).map(std::path::PathBuf::from);
    let state = from("XDG_STATE_HOME").or_else(|| from("HOME").map(|home| home.join(".local/state")))?;
    Some(state.join(HISTORY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_and_indented() {
        let text = format!("  {}\n一行\n", "字".repeat(30));
        let expected = format!("  {}\n  {}\n一行\n", "字".repeat(18), "字".repeat(12));
        assert_eq!(wrapped(&text, 40), expected);
    }
}
