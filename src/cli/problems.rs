//! Files that could not be read, collected and told at the end.

use std::path::PathBuf;

use super::{Context, Failure, Outcome};
use crate::read::Refusal;

/// Most problems that are told one by one; `--verbose` tells all.
const MOST_TOLD: usize = 50;

/// What went wrong with single files.
pub(super) struct Problems {
    refused: Vec<(PathBuf, Failure)>,
    /// Files of folders that hold no articles.
    passed_over: usize,
    strict: bool,
    /// Documents of which a part could not be read.
    pub(super) losses: usize,
}

impl Problems {
    /// Begins with paths that could not be had at all, and the number of files that were passed over.
    pub(super) fn new(missing: Vec<(PathBuf, Failure)>, passed_over: usize, strict: bool) -> Self {
        Self { refused: missing, passed_over, strict, losses: 0 }
    }

    /// Notes a file that could not be read; one of a folder that holds no articles is only counted.
    pub(super) fn refused(&mut self, path: PathBuf, named: bool, refusal: Refusal) {
        if !named && refusal.is_foreign() {
            self.passed_over += 1;
        } else {
            self.refused.push((path, refusal.into()));
        }
    }

    /// Tells the problems on standard error. `good` counts the files that went well: with none the command has failed,
    /// with some it has done a part.
    pub(super) fn report(self, context: &Context, good: usize) -> Result<Outcome, Failure> {
        let Self { refused, passed_over, strict, losses } = self;
        let count = refused.len();
        if passed_over > 0 {
            context.note(
                &format!("跳过 {passed_over} 个不含文章的文件（图片、程序等）"),
                &format!("{passed_over} files that hold no articles (pictures, programs, …) were passed over"),
            );
        }
        if good == 0 && count == 1 {
            return refused.into_iter().next().map_or(Ok(Outcome::Done), |(path, failure)| Err(at(&path, failure)));
        }
        let most = if context.verbose > 0 { count } else { MOST_TOLD };
        for (path, failure) in refused.into_iter().take(most) {
            if let Failure::Told { zh, en } = at(&path, failure) {
                context.say(&zh, &en);
            }
        }
        if count > most {
            let more = count - most;
            context.say(
                &format!("另有 {more} 个文件未读；用 -v 查看全部，或用 build --quarantine 文件 列出"),
                &format!("{more} more were not read; see all with -v, or list them with build --quarantine FILE"),
            );
        }
        match (count, good) {
            (0, _) if strict && losses > 0 => Err(Failure::new(
                format!("{losses} 篇文档有部分内容未读（--strict）；请看上面的提醒"),
                format!("parts of {losses} documents could not be read (--strict); see the warnings above"),
            )),
            (0, _) => Ok(Outcome::Done),
            (_, 0) => {
                Err(Failure::new("没有一个文件可读；请看上面的原因", "no file could be read; see the reasons above"))
            }
            _ if strict => Err(Failure::new(
                format!("{count} 个文件未读（--strict），其余 {good} 个已完成"),
                format!("{count} not read (--strict), {good} done"),
            )),
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
pub(super) fn at(path: &std::path::Path, failure: Failure) -> Failure {
    let shown = path.display().to_string();
    match failure {
        Failure::Told { zh, en } if !en.contains(&shown) => {
            Failure::new(format!("{shown}：{zh}"), format!("{shown}: {en}"))
        }
        other => other,
    }
}
