//! Why a file gave no document, and what a document lacks; each with the remedy, in both languages.

use crate::message::Bilingual;
use crate::text::TextError;

/// Why a file, or a piece of one, could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing but white space.
    #[error("the file is empty; remove it or fill it")]
    Empty,
    /// A format that holds no articles.
    #[error("this is {0}, not text; convert it to UTF-8 text first")]
    Foreign(&'static str),
    /// No known encoding explains the bytes.
    #[error(
        "the bytes are no text in UTF-8, UTF-16, GB18030 or Big5; save the file as UTF-8, or leave it out if it is no text"
    )]
    Undecodable,
    /// More bytes than the format may have.
    #[error("the file is larger than {} MB; split it into articles first", .most >> 20)]
    TooLarge {
        /// The limit in bytes.
        most: u64,
    },
    /// More characters than one document may have.
    #[error("its text is longer than {} million characters; split it into articles first", .most / 1_000_000)]
    TooLong {
        /// The limit in characters.
        most: usize,
    },
    /// Compressed bytes that swell beyond all measure.
    #[error("unpacked it would be larger than {} MB, as only a bomb is; unpack it by hand if you trust it", .most >> 20)]
    Bomb {
        /// The limit in bytes.
        most: u64,
    },
    /// A password is needed.
    #[error("the {0} file is encrypted; save it without a password first")]
    Encrypted(&'static str),
    /// A format of Word that is not read.
    #[error("this is a Word document of before 2007; save it as .docx first")]
    OldWord,
    /// The bytes are not what they begin as.
    #[error("the {0} file is damaged; open it in its program and save it again, or export its text")]
    Broken(&'static str),
    /// Pages that draw themselves within themselves.
    #[error(
        "the {0} file draws its pages without end, as only a hostile one does; print it to a new file if you trust it"
    )]
    Endless(&'static str),
    /// Reading it took longer than it may.
    #[error(
        "reading it took longer than {seconds} s and was given up; save it anew in its program, split it, or allow more with --read-limit-s"
    )]
    Slow {
        /// The limit.
        seconds: u64,
    },
    /// Only pictures of text.
    #[error("no page of the PDF has a text layer; run text recognition (OCR) on it first")]
    NoTextLayer,
    /// A page without an article.
    #[error("no article was found in the page; save its text as a .txt file")]
    NoArticle,
    /// A table whose columns say nothing to us.
    #[error(
        "no column names a project, an enterprise or a park ({0}); say in a file for --columns what the columns mean, in lines such as \"工程\" = \"project\" below [columns]"
    )]
    NoColumns(String),
    /// A JSON value without an article.
    #[error("the JSON has no field `text`; give objects with `text`, `title`, `date` and `url`")]
    NoText,
    /// Containers in containers.
    #[error("archives are nested too deeply; unpack them first")]
    Nested,
    /// The program was built without the format.
    #[error("this parkgraph was built without {0}; build it with the feature of that name")]
    NotBuilt(&'static str),
    /// Reading from the disk failed.
    #[error("cannot be read ({0}); check the permissions and the disk")]
    Disk(String),
}

impl Refusal {
    /// True for files that hold no articles by their nature, as pictures among the articles of a folder.
    pub fn is_foreign(&self) -> bool {
        matches!(self, Self::Foreign(_) | Self::NoText)
    }
}

impl Bilingual for Refusal {
    fn zh(&self) -> String {
        match self {
            Self::Empty => "文件是空的；请删除它或补上内容".to_owned(),
            Self::Foreign(what) => format!("这不是文本（{what}）；请先转换为 UTF-8 文本"),
            Self::Undecodable => {
                "字节不符合 UTF-8、UTF-16、GB18030、Big5 中的任何编码；请另存为 UTF-8，若不是文本请移走".to_owned()
            }
            Self::TooLarge { most } => format!("文件超过 {} MB；请先拆分为单篇文章", most >> 20),
            Self::TooLong { most } => format!("正文超过 {} 万字；请先拆分为单篇文章", most / 10_000),
            Self::Bomb { most } => format!("解压后超过 {} MB，疑为压缩炸弹；若可信请自行解压", most >> 20),
            Self::Encrypted(what) => format!("{what} 文件已加密；请先去掉密码另存"),
            Self::OldWord => "这是 2007 年以前的 Word 文档；请先另存为 .docx".to_owned(),
            Self::Broken(what) => format!("{what} 文件已损坏；请用原程序打开并重新保存，或导出其文本"),
            Self::Endless(what) => format!("{what} 文件的页面绘制没有尽头，疑为恶意文件；若可信请重新打印为新文件"),
            Self::Slow { seconds } => {
                format!("读取超过 {seconds} 秒，已放弃；请用原程序重新保存或拆分，或用 --read-limit-s 放宽")
            }
            Self::NoTextLayer => "PDF 各页都没有文字层；请先做文字识别（OCR）".to_owned(),
            Self::NoArticle => "网页里没有找到文章；请把正文另存为 .txt".to_owned(),
            Self::NoColumns(found) => format!(
                "没有写着项目、企业或园区名称的列（{found}）；请在 --columns 文件里说明各列的含义，在 [columns] 下面写 \"工程\" = \"project\" 这样的行"
            ),
            Self::NoText => "JSON 没有 text 字段；请给出含 text、title、date、url 的对象".to_owned(),
            Self::Nested => "压缩包嵌套太深；请先解压".to_owned(),
            Self::NotBuilt(what) => format!("此 parkgraph 编译时没有 {what} 功能；请启用后重新编译"),
            Self::Disk(error) => format!("无法读取（{error}）；请检查权限和磁盘"),
        }
    }
}

impl From<TextError> for Refusal {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::Empty,
            TextError::Binary(format) => Self::Foreign(format),
            TextError::UnknownEncoding => Self::Undecodable,
            TextError::TooLong => Self::TooLarge { most: 4 << 30 },
        }
    }
}

/// What is odd about a document that was read, or missing from it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// A page without text.
    #[error("page {0} has no text layer; run text recognition (OCR) on it")]
    PageWithoutText(u32),
    /// Characters of a page that no table explains.
    #[error("page {page}: {count} characters have no Unicode value and were left out; export the text another way")]
    Unmapped {
        /// Number of the page.
        page: u32,
        /// How many characters.
        count: u32,
    },
    /// The file says one encoding and is in another.
    #[error("declared as {declared}, read as {found}")]
    Declared {
        /// What the file says.
        declared: String,
        /// What it is.
        found: &'static str,
    },
    /// Bytes that were no characters.
    #[error("{0} characters could not be decoded")]
    Undecoded(u32),
    /// A sheet that is no ledger.
    #[error("sheet {sheet} was not read: no column is known ({columns}); say with --columns FILE what they mean")]
    SheetLeftOut {
        /// Its name.
        sheet: String,
        /// Its first words.
        columns: String,
    },
    /// A column of sums without a unit.
    #[error(
        "column {0} names no unit of money, its sums were left out; write the unit in the header, as in 总投资（亿元）"
    )]
    NoUnit(String),
    /// A cell that says no sum, stage or number.
    #[error("{place}: {text:?} is no {what}")]
    Unread {
        /// Where it stands.
        place: String,
        /// What it says.
        text: String,
        /// What was expected.
        what: &'static str,
    },
    /// More of something than is read.
    #[error("only the first {0} rows were read; split the file")]
    Cut(u32),
}

impl Warning {
    /// True when a part of the document could not be read.
    pub fn is_loss(&self) -> bool {
        !matches!(self, Self::Declared { .. })
    }
}

impl Bilingual for Warning {
    fn zh(&self) -> String {
        match self {
            Self::PageWithoutText(page) => format!("第 {page} 页没有文字层；请做文字识别（OCR）"),
            Self::Unmapped { page, count } => {
                format!("第 {page} 页有 {count} 个字符没有 Unicode 对应，已略去；请换一种方式导出文本")
            }
            Self::Declared { declared, found } => format!("声明为 {declared}，实际按 {found} 读取"),
            Self::Undecoded(count) => format!("{count} 个字符无法解码"),
            Self::SheetLeftOut { sheet, columns } => {
                format!("工作表 {sheet} 未读：没有认得的列（{columns}）；请用 --columns 文件说明")
            }
            Self::NoUnit(column) => {
                format!("列 {column} 没有货币单位，其金额已略去；请在表头注明单位，如 总投资（亿元）")
            }
            Self::Unread { place, text, what } => format!("{place}：“{text}”不是{what}"),
            Self::Cut(rows) => format!("只读了前 {rows} 行；请拆分文件"),
        }
    }
}
