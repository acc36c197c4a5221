//! Help texts in Chinese.

use std::ffi::OsString;

use clap::Command;

use super::examples::EXAMPLES;
use crate::message::Lang;

/// Chinese texts: command (empty for the program; a view of a command after a space), argument (empty for the command itself), text.
const CHINESE: &[(&str, &str, &str)] = &[
    ("", "", "从开发区的中文新闻构建带证据的知识图谱"),
    ("", "lang", "消息的语言 [默认：取自系统区域设置]"),
    ("", "color", "输出是否着色"),
    ("", "quiet", "不显示提示和进度，只显示错误"),
    ("", "verbose", "显示过程细节"),
    ("extract", "", "把文档中的事实写到标准输出，不需要库"),
    ("extract", "paths", "要读取的文件和文件夹，`-` 表示标准输入"),
    ("extract", "format", "输出格式"),
    ("extract", "weights", "用 `parkgraph train` 写出的权重代替随附的权重"),
    ("extract", "lexicon", "叠加在随附词表之上的词表文件夹：.ttl、.tsv、.toml"),
    ("extract", "columns", "说明台账各列含义的 TOML 文件，在 [columns] 下写 \"工程\" = \"project\" 这样的行"),
    ("extract", "strict", "有任何内容未能读取即失败；其余照常读取"),
    ("extract", "read_limit_s", "读取一个文件最多用的秒数；每兆字节另加一秒"),
    ("extract", "jobs", "线程数 [默认：每核一个]"),
    ("build", "", "把文件和文件夹读入库"),
    ("build", "paths", "要读取的文件和文件夹，`-` 表示标准输入"),
    ("build", "location", "库所在的文件夹"),
    ("build", "weights", "用 `parkgraph train` 写出的权重代替随附的权重"),
    ("build", "lexicon", "叠加在随附词表之上的词表文件夹：.ttl、.tsv、.toml"),
    ("build", "columns", "说明台账各列含义的 TOML 文件，在 [columns] 下写 \"工程\" = \"project\" 这样的行"),
    ("build", "strict", "有任何内容未能读取即失败；其余照常读取"),
    ("build", "read_limit_s", "读取一个文件最多用的秒数；每兆字节另加一秒"),
    ("build", "results", "输出每篇文档的结果"),
    ("build", "quarantine", "把未能读取的文件及原因写入此文件，每行一个 JSON 对象"),
    ("build", "jobs", "线程数 [默认：每核一个]"),
    ("build", "journal", "您对同一性的裁定所记的日志 [默认：DIR.journal]"),
    ("build", "no_inference", "不要由其他陈述推出的陈述（图 pgr:inferred）"),
    ("sync", "", "让库与文件夹保持一致：新增、改动和删除的文件"),
    ("sync", "folder", "要同步的文件夹"),
    ("sync", "location", "库所在的文件夹"),
    ("sync", "weights", "用 `parkgraph train` 写出的权重代替随附的权重"),
    ("sync", "lexicon", "叠加在随附词表之上的词表文件夹：.ttl、.tsv、.toml"),
    ("sync", "columns", "说明台账各列含义的 TOML 文件，在 [columns] 下写 \"工程\" = \"project\" 这样的行"),
    ("sync", "strict", "有任何内容未能读取即失败；其余照常读取"),
    ("sync", "read_limit_s", "读取一个文件最多用的秒数；每兆字节另加一秒"),
    ("sync", "results", "输出每篇文档的结果"),
    ("sync", "quarantine", "把未能读取的文件及原因写入此文件，每行一个 JSON 对象"),
    ("sync", "jobs", "线程数 [默认：每核一个]"),
    ("sync", "journal", "您对同一性的裁定所记的日志 [默认：DIR.journal]"),
    ("sync", "no_inference", "不要由其他陈述推出的陈述（图 pgr:inferred）"),
    ("sync", "dry_run", "只显示将要做什么"),
    ("merge", "", "记下两个名称指同一事物"),
    ("merge", "first", "事物：名称，或 pgr:类/名称"),
    ("merge", "second", "与它相同的事物"),
    ("merge", "location", "库所在的文件夹"),
    ("merge", "journal", "您对同一性的裁定所记的日志 [默认：DIR.journal]"),
    ("split", "", "记下一个名称另有所指"),
    ("split", "first", "另有所指的名称，或 pgr:类/名称"),
    ("split", "second", "只与这一个分开"),
    ("split", "location", "库所在的文件夹"),
    ("split", "journal", "您对同一性的裁定所记的日志 [默认：DIR.journal]"),
    ("same", "", "显示几个名称指同一事物的依据"),
    ("same", "first", "事物：名称，或 pgr:类/名称"),
    ("same", "second", "与之比较的另一个"),
    ("same", "location", "库所在的文件夹"),
    ("review", "", "列出可能指同一事物的名称对"),
    ("review", "location", "库所在的文件夹"),
    ("review", "limit", "最多列出多少对"),
    ("query", "", "在库上运行已存的查询或 SPARQL"),
    ("query", "query", "已存查询的名称，或 SPARQL"),
    ("query", "location", "库所在的文件夹"),
    ("query", "query_file", "从文件读取查询，`-` 表示标准输入"),
    ("query", "format", "结果格式"),
    ("query", "set", "设置已存查询的参数"),
    ("query", "queries", "您自己的查询所在的文件夹"),
    ("query", "list", "列出已存的查询及其参数"),
    ("query", "fail_empty", "没有结果时以状态 1 结束"),
    ("ask", "", "回答一个普通的问题，并给出依据"),
    ("ask", "question", "问题，中文或英文；在终端上不写问题就进入对话"),
    ("ask", "location", "库所在的文件夹"),
    ("ask", "format", "答案格式"),
    ("ask", "explain", "显示问题是怎样理解的，以及对应的 SPARQL；-v 也一样"),
    ("ask", "patterns", "您自己的问句模板：文件或文件夹"),
    ("export", "", "把图谱或其中一部分导出给其他工具"),
    ("export", "location", "库所在的文件夹"),
    ("export", "format", "输出格式；neo4j、gephi 和 csv 在文件夹中写出多个文件"),
    ("export", "output", "写入文件：要么完整，要么不出现；neo4j、gephi 和 csv 需要文件夹"),
    ("export", "focus", "只要这个名称周围的部分"),
    ("export", "hops", "离中心的步数"),
    ("export", "kind", "只要这一类事物（如 Project）及其金额"),
    ("export", "industry", "只要这个产业及其下级产业中的事物，以及与之相连的事物"),
    ("export", "query", "只要此文件中 SPARQL 查询结果里的事物"),
    ("export", "rdf", "读取方支持的 RDF 版本：1.1 把证据写成 rdf:Statement"),
    ("graph", "", "路径、邻居、中心性、社群、连通分量和产业链"),
    ("graph paths", "", "两个事物之间的最短路径，附沿途的句子"),
    ("graph paths", "from", "第一个事物的名称"),
    ("graph paths", "to", "另一个事物的名称"),
    ("graph paths", "location", "库所在的文件夹"),
    ("graph paths", "most", "最多几条路径"),
    ("graph paths", "format", "输出格式"),
    ("graph neighbours", "", "一个事物与哪些事物相连"),
    ("graph neighbours", "name", "事物的名称"),
    ("graph neighbours", "location", "库所在的文件夹"),
    ("graph neighbours", "hops", "离它的步数"),
    ("graph neighbours", "evidence", "同时给出句子"),
    ("graph neighbours", "format", "输出格式"),
    ("graph centrality", "", "最中心的事物，按度或 PageRank"),
    ("graph centrality", "location", "库所在的文件夹"),
    ("graph centrality", "by", "排序所用的度量"),
    ("graph centrality", "kind", "只要这一类事物，如 Park"),
    ("graph centrality", "most", "最多几个事物"),
    ("graph centrality", "format", "输出格式"),
    ("graph communities", "", "联系更紧密的事物群，用 Louvain 方法"),
    ("graph communities", "location", "库所在的文件夹"),
    ("graph communities", "least", "只要至少含这么多事物的"),
    ("graph communities", "named", "每个最多列出几个事物"),
    ("graph communities", "format", "输出格式"),
    ("graph components", "", "图中互不相连的部分"),
    ("graph components", "location", "库所在的文件夹"),
    ("graph components", "least", "只要至少含这么多事物的"),
    ("graph components", "named", "每个最多列出几个事物"),
    ("graph components", "format", "输出格式"),
    ("graph industry", "", "产业链：下级产业、项目、企业、园区、政策和金额"),
    ("graph industry", "name", "产业名称 [默认：全部]"),
    ("graph industry", "location", "库所在的文件夹"),
    ("graph industry", "format", "输出格式"),
    ("path", "", "显示两个事物怎样相连，附沿途的句子"),
    ("path", "from", "第一个事物的名称"),
    ("path", "to", "另一个事物的名称"),
    ("path", "location", "库所在的文件夹"),
    ("path", "most", "最多几条路径"),
    ("path", "format", "输出格式"),
    ("report", "", "把库写成一个可离线打开的 HTML 报告"),
    ("report", "location", "库所在的文件夹"),
    ("report", "output", "写入文件：要么完整，要么不出现 [默认：标准输出]"),
    ("report", "title", "报告的标题"),
    ("report", "most", "每个表格的行数和关系图中事物数的上限"),
    ("annotate", "", "把文章中的事物和事实标注出来，写成一个 HTML 文件"),
    ("annotate", "file", "要读取的文件"),
    ("annotate", "weights", "用 `parkgraph train` 写出的权重代替随附的权重"),
    ("annotate", "lexicon", "叠加在随附词表之上的词表文件夹：.ttl、.tsv、.toml"),
    ("annotate", "output", "写入文件：要么完整，要么不出现 [默认：标准输出]"),
    #[cfg(feature = "serve")]
    ("serve", "", "以 HTTP 提供库：网页、SPARQL、JSON 接口"),
    #[cfg(feature = "serve")]
    ("serve", "location", "库所在的文件夹"),
    #[cfg(feature = "serve")]
    ("serve", "bind", "监听的地址和端口"),
    #[cfg(feature = "serve")]
    ("serve", "token_file", "允许写入：出示此文件中令牌（每行一个）者可写"),
    #[cfg(feature = "serve")]
    ("serve", "timeout_s", "一次请求最多用多少秒"),
    #[cfg(feature = "serve")]
    ("serve", "max_rows", "一次结果最多多少行"),
    #[cfg(feature = "serve")]
    ("serve", "max_body_mb", "一次请求最多多少 MB"),
    #[cfg(feature = "serve")]
    ("serve", "cors", "允许其他主机的网页访问"),
    #[cfg(feature = "serve")]
    ("mcp", "", "通过标准输入输出以模型上下文协议（MCP）为助手提供库"),
    #[cfg(feature = "serve")]
    ("mcp", "location", "库所在的文件夹"),
    #[cfg(feature = "serve")]
    ("mcp", "timeout_s", "一次调用最多用多少秒"),
    #[cfg(feature = "serve")]
    ("mcp", "max_rows", "一次结果最多多少行"),
    ("stats", "", "统计库里有什么"),
    ("stats", "location", "库所在的文件夹"),
    ("stats", "format", "输出格式"),
    ("why", "", "给出一条事实背后的句子，并标出关键的词"),
    ("why", "fact", "名称；或主体、属性（及客体）；或金额、数字的文字；或证据的 IRI"),
    ("why", "location", "库所在的文件夹"),
    ("why", "format", "输出格式"),
    ("validate", "", "用形状（SHACL）检查库，并给出每处问题的原文句子"),
    ("validate", "location", "库所在的文件夹"),
    ("validate", "file", "要检查的 RDF 文件，代替库"),
    ("validate", "shapes", "自己的 SHACL 形状（Turtle），代替随附的形状"),
    ("validate", "most", "最多列出多少处；JSON 全部列出"),
    ("validate", "format", "输出格式"),
    ("diff", "", "说明两个库有何不同"),
    ("diff", "old", "原来的库所在的文件夹"),
    ("diff", "new", "现在的库所在的文件夹"),
    ("diff", "most", "每类差异最多列出多少行；JSON 全部列出"),
    ("diff", "format", "输出格式"),
    ("history", "", "说明一个事物在不同时间的情况"),
    ("history", "thing", "事物：名称，或 pgr:类/名称"),
    ("history", "location", "库所在的文件夹"),
    ("history", "format", "输出格式"),
    ("explain", "", "显示一个文件的每条事实从何而来"),
    ("explain", "weights", "用 `parkgraph train` 写出的权重代替随附的权重"),
    ("explain", "lexicon", "叠加在随附词表之上的词表文件夹：.ttl、.tsv、.toml"),
    ("explain", "file", "要读取的文件"),
    ("eval", "", "对照人工标注的文档衡量读取质量"),
    ("eval", "gold", "标注文件夹，其中 X.txt 与标注 X.json 成对"),
    ("eval", "errors", "列出每一处遗漏和错误"),
    ("eval", "documents", "另为每篇文档输出一行分数"),
    ("eval", "json", "把分数以 JSON 写入此文件"),
    ("eval", "only", "只看这些文档：d001,d002"),
    ("eval", "range", "只看名称在两者之间（含两端）的文档：d001..d015"),
    ("eval", "weights", "用 `parkgraph train` 写出的权重代替随附的权重"),
    ("eval", "lexicon", "叠加在随附词表之上的词表文件夹：.ttl、.tsv、.toml"),
    ("eval", "min", "总分低于此值（0–1）时以状态 1 结束"),
    ("man", "", "输出手册页"),
    ("man", "command", "命令名 [默认：程序本身]"),
    ("train", "", "从标注文档学习权重"),
    ("train", "gold", "标注文件夹，其中 X.txt 与标注 X.json 成对"),
    ("train", "output", "权重写入的文件"),
    ("train", "leave", "不用这些文档：范围的首末两个名称"),
    ("train", "cross_validate", "按文档做五折交叉验证并输出分数表"),
    ("train", "networks", "各折的网络 tagger.0.bin … tagger.4.bin（训练时未见过该折）；不给则用随附的网络"),
    ("train", "bits", "逐行读入句子，输出网络所见的特征：每字符八个字节，小端序（training/README.md）"),
    ("completions", "", "输出某个 shell 的补全脚本"),
    ("completions", "shell", "shell 的名称"),
];

/// The language that `--lang` asks for, before the arguments are parsed.
pub(super) fn asked_language(arguments: &[OsString]) -> Option<Lang> {
    let texts: Vec<_> = arguments.iter().map(|it| it.to_string_lossy()).collect();
    let after = |index: usize| texts.get(index + 1).map(|it| it.as_ref());
    let value = texts.iter().enumerate().find_map(|(index, text)| match text.as_ref() {
        "--lang" => after(index),
        text => text.strip_prefix("--lang="),
    })?;
    match value {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The command line with examples, and with help texts in `lang`.
pub(super) fn localized(command: Command, lang: Lang) -> Command {
    let command = EXAMPLES.iter().fold(command, |command, (name, lines)| {
        let heading = if lang == Lang::Zh { "示例：" } else { "Examples:" };
        let text = format!("{heading}\n  {}", lines.join("\n  "));
        command.mut_subcommand(name, |it| it.after_help(text))
    });
    if lang == Lang::En {
        return command;
    }
    CHINESE.iter().fold(command, |command, (name, argument, text)| match (*name, *argument) {
        ("", "") => command.about(*text),
        ("", argument) => command.mut_arg(argument, |it| it.help(*text)),
        (name, argument) => within(command, name, |it| match argument {
            "" => it.about(*text),
            argument => it.mut_arg(argument, |it| it.help(*text)),
        }),
    })
}

/// Changes a command, or a view of one after a space in its name.
fn within(command: Command, name: &str, change: impl FnOnce(Command) -> Command) -> Command {
    match name.split_once(' ') {
        Some((outer, inner)) => command.mut_subcommand(outer, |it| it.mut_subcommand(inner, change)),
        None => command.mut_subcommand(name, change),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::super::Cli;
    use super::*;

    /// The command `name` and its views, each with its arguments.
    fn arguments(command: &Command, name: &str) -> Vec<(String, String)> {
        let ids = command.get_arguments().map(|it| it.get_id().as_str()).filter(|id| !["help", "version"].contains(id));
        let own = std::iter::once("").chain(ids).map(|id| (name.to_owned(), id.to_owned()));
        let views = command.get_subcommands().map(|it| (it, format!("{name} {}", it.get_name()).trim().to_owned()));
        own.chain(views.flat_map(|(it, name)| arguments(it, &name))).collect()
    }

    #[test]
    fn every_command_and_argument_has_chinese_help_and_every_command_examples() {
        Cli::command().debug_assert();
        let command = Cli::command();
        let all = BTreeSet::from_iter(arguments(&command, ""));
        let told: BTreeSet<_> = CHINESE.iter().map(|(name, id, _)| ((*name).to_owned(), (*id).to_owned())).collect();
        assert_eq!(told, all);
        let commands: BTreeSet<_> = command.get_subcommands().map(Command::get_name).collect();
        assert_eq!(EXAMPLES.iter().map(|(name, _)| *name).collect::<BTreeSet<_>>(), commands);
    }

    #[test]
    fn the_language_is_known_before_parsing() {
        for (line, expected) in [
            ("parkgraph --lang zh build", Some(Lang::Zh)),
            ("parkgraph build --lang=en", Some(Lang::En)),
            ("parkgraph build --lang fr", None),
            ("parkgraph build", None),
        ] {
            let arguments: Vec<_> = line.split(' ').map(OsString::from).collect();
            assert_eq!(asked_language(&arguments), expected, "{line}");
        }
    }
}
