//! Files that could not be read, collected and told at the end.

use std::path::PathBuf;

use super::{Context, Failure, Outcome};

/// What went wrong with single files.
pub(super) struct Problems(Vec<(PathBuf, Failure)>);

impl Problems {
    /// Begins with paths that could not be had at all.
    pub(super) fn new(missing: Vec<(PathBuf, Failure)>) -> Self {
        Self(missing)
    }

    /// Notes a file that could not be read.
    pub(super) fn add(&mut self, path: PathBuf, failure: Failure) {
        self.0.push((path, failure));
    }

    /// Tells every problem on standard error. `good` counts the files that went well: with none the command has failed,
    /// with some it has done a part.
    pub(super) fn report(self, context: &Context, good: usize) -> Result<Outcome, Failure> {
        let count = self.0.len();
        if good == 0 && count == 1 {
            return self.0.into_iter().next().map_or(Ok(Outcome::Done), |(path, failure)| Err(at(&path, failure)));
        }
        for (path, failure) in self.0 {
            if let Failure::Told { zh, en } = at(&path, failure) {
                context.say(&zh, &en);
            }
        }
        match (count, good) {
            (0, _) => Ok(Outcome::Done),
            (_, 0) => {
                Err(Failure::new("没有一个文件可读；请看上面的原因", "no file could be read; see the reasons above"))
            }
            _ => {
                context.say(
                    &format!("{count} 个文件未读，其余 {good} 个已完成"),
                    &format!("{count} not read, {good} done"),
                );
                Ok(Outcome::Partly)
            }
        }
    }
}

/// The failure with the path in front, unless it names it already.
fn at(path: &std::path::Path, failure: Failure) -> Failure {
    let shown = path.display().to_string();
    match failure {
        Failure::Told { zh, en } if !en.contains(&shown) => {
            Failure::new(format!("{shown}：{zh}"), format!("{shown}: {en}"))
        }
        other => other,
    }
}
