//! The two languages of messages, and errors that speak both.

use std::io;

/// A language that messages come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language of a locale such as `zh_CN.UTF-8` or `en-GB`; English for all but Chinese ones.
    pub fn of_locale(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("zh") { Self::Zh } else { Self::En }
    }
}

/// An error with its text in both languages. `Display` gives the English one; both say what to do next.
pub trait Bilingual: std::error::Error {
    /// The message in Chinese.
    fn zh(&self) -> String;

    /// The message in `lang`.
    fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.to_string(),
        }
    }

    /// True where the reader of our output has gone away, which is no failure of ours.
    fn is_broken_pipe(&self) -> bool {
        false
    }
}

impl Bilingual for io::Error {
    fn zh(&self) -> String {
        let what = match self.kind() {
            io::ErrorKind::NotFound => "找不到文件或文件夹；请检查路径",
            io::ErrorKind::PermissionDenied => "没有权限；请更改权限或换一个位置",
            io::ErrorKind::StorageFull => "磁盘已满；请腾出空间后重试",
            io::ErrorKind::ReadOnlyFilesystem => "磁盘只读；请换一个可写的位置",
            _ => "读写失败",
        };
        format!("{what}（{self}）")
    }

    fn is_broken_pipe(&self) -> bool {
        self.kind() == io::ErrorKind::BrokenPipe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales() {
        for (locale, lang) in [("zh_CN.UTF-8", Lang::Zh), ("zh-TW", Lang::Zh), ("C", Lang::En), ("de_DE", Lang::En)] {
            assert_eq!(Lang::of_locale(locale), lang, "{locale}");
        }
    }
}
