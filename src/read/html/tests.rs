//! Pages as sites make them.

use super::*;

const BODY: &str = "<p>　　星河高新区8月17日集中开工39个项目，总投资258.5亿元。</p>\
    <p>其中，青岚传感器产业园项目总投资30亿元，由白鹭科技投资建设。<br>项目建成后年产值可达50亿元。</p>";

fn page(around: [&str; 2]) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=gb2312><title>39个项目集中开工_星河日报</title>\
         <meta name=\"PubDate\" content=\"2023-08-17 09:30\"><link rel=canonical href='https://example.org/a.html'>\
         <script>if (a<b) document.write('<p>总投资99亿元，脚本。</p>')</script></head><body>\
         <div class=nav><ul><li><a href=/>首页</a><li><a href=/b>要闻，关注</a></ul></div>\
         <h1>39个项目集中开工</h1><div class=info>来源：星河日报　记者 王小明</div>\
         {}<div id=zoom>{BODY}</div>{}\
         <div class=hot><p>热点：月牙湖项目签约，总投资80亿元，建设周期为两年，详情请看报道。</p></div>\
         <div class=footer>版权所有：星河日报社，未经许可不得转载，星ICP备1号</div></body></html>",
        around[0], around[1]
    )
}

const EXPECTED: &str = "39个项目集中开工\n\n星河高新区8月17日集中开工39个项目，总投资258.5亿元。\n\n\
    其中，青岚传感器产业园项目总投资30亿元，由白鹭科技投资建设。\n\n项目建成后年产值可达50亿元。";

fn text_of(page: &str) -> String {
    match read(page.as_bytes(), &Settings::default()).map(|paper| paper.content) {
        Ok(Content::Text(chars)) => chars.into_iter().collect(),
        Ok(Content::Ledger(_)) => "a ledger".to_owned(),
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn the_article_comes_out_alone_whatever_stands_around_it() {
    let deep = ["<table><tr><td>".repeat(20_000), "</td></tr></table>".repeat(20_000)];
    let open = "<div><table><tr><td><b>".repeat(30);
    for around in [
        ["", ""],
        ["<div class=content>", "<div class=related><a href=1>相关的一篇报道，也很长很长</a></div></div>"],
        ["<table><tr><td width=700>", "</td><td><a href=2>广告</a></td></tr></table>"],
        [
            "<!-- <p>注释，总投资1亿元。</p> --><style>p{color:red}</style>",
            "<p>相关阅读：</p><p>另一篇，总投资2亿元。</p>",
        ],
        [&deep[0], &deep[1]],
        [&open, ""],
        [
            "<svg><text>图，示意。</text></svg><select><option>一，二</select>",
            "<div style='display: none'>隐藏的长句子，总投资3亿元，不应读出来，因为读者看不见。</div>",
        ],
    ] {
        assert_eq!(text_of(&page(around)), EXPECTED, "{:.60} {:.60}", around[0], around[1]);
    }
}

#[test]
fn the_head_is_read() {
    let paper = read(page(["", ""]).as_bytes(), &Settings::default()).expect("an article");
    assert_eq!(paper.meta.title.as_deref(), Some("39个项目集中开工"));
    assert_eq!(paper.meta.published.map(|it| it.to_string()).as_deref(), Some("2023-08-17"));
    assert_eq!(paper.meta.publisher.as_deref(), Some("星河日报"));
    assert_eq!(paper.meta.author.as_deref(), Some("王小明"));
    assert_eq!(paper.meta.address.as_deref(), Some("https://example.org/a.html"));
    assert_eq!(paper.warnings, [Warning::Declared { declared: "gb2312".to_owned(), found: "UTF-8" }]);
}

#[test]
fn a_page_that_says_gb2312_and_is_gb18030_is_read_whole() {
    let text = page(["", ""]).replace("<br>", "<p>镕基公司与㛃公司签约，投资额为两亿元，双方都表示满意。</p>");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let paper = read(&bytes, &Settings::default()).expect("an article");
    assert_eq!((paper.encoding, paper.warnings.len()), ("GB18030", 0));
    let Content::Text(chars) = paper.content else { panic!("text") };
    assert!(chars.contains(&'镕') && chars.contains(&'㛃'));
}

#[test]
fn tables_of_data_are_rows() {
    let table =
        "<table><tr><th>项目名称<th>总投资<tr><td>青岚项目<td>30亿元<tr><td><p>白鹭</p><p>项目</p><td>5亿元</table>";
    let text = text_of(&page(["", ""]).replace("<br>", table));
    assert!(text.contains("| 项目名称 | 总投资 |\n| 青岚项目 | 30亿元 |\n| 白鹭 项目 | 5亿元 |"), "{text}");
}

#[test]
fn a_tag_of_endless_attributes_is_refused() {
    for attribute in ["a=\"b\" ", "a='b' ", "a ", "a=b ", "a=\"b\"/"] {
        let page = format!("<html><body><p>开工。</p><p {}>投产。</p>", attribute.repeat(100_000));
        assert_eq!(text_of(&page), Refusal::Broken("HTML").to_string(), "{attribute}");
    }
}

#[test]
fn pages_without_an_article_are_told() {
    for page in
        ["<html><body></body></html>", "<html><script>var a = '文字，很多。'</script>", "<div><a href=1>首页</a></div>"]
    {
        assert_eq!(text_of(page), Refusal::NoArticle.to_string(), "{page}");
    }
}

#[test]
fn what_only_looks_like_teasers_stays() {
    let lines = |lines: [&str; 4]| lines.map(|it| format!("{it}<br>")).concat();
    let torn = lines([
        "星河高新区昨天集中开工三十九个项目总投资",
        "二百五十八亿元其中青岚传感器产业园项目总",
        "投资三十亿元由白鹭科技投资建设项目建成后",
        "年产值可达五十亿元并带动就业两千人以上。",
    ]);
    let section = |n| {
        format!("<section><h2>第{n}项</h2><p>青岚传感器产业园项目总投资{n}亿元，由白鹭科技投资建设。</p></section>")
    };
    let item = |n| format!("<div class=i><h3>第{n}则简讯</h3><p>月牙湖项目签约，总投资{n}亿元，明年投产。</p></div>");
    let linked = "<p><a href=1>白鹭科技有限公司</a>是青岚项目的建设单位，总投资三十亿元。</p>".repeat(2);
    let lead = "星河高新区八月集中开工项目，记者从管委会获悉，全年目标已过半。";
    let of = |n: usize, make: &dyn Fn(usize) -> String| (1..=n).map(make).collect::<String>();
    for (body, kept) in [
        (torn, "带动就业两千人以上"),
        (format!("<div class=content><p>{}</p>{}</div>", lead, of(5, &section)), "总投资5亿元"),
        (format!("<div><p>{}</p>{}</div>", lead, of(5, &section)), "总投资5亿元"),
        (format!("<div>{}</div>", of(6, &item)), "总投资6亿元"),
        (format!("<p>{}</p>{linked}", lead), "建设单位"),
        ("<p>本项目由市科技局提供技术支持，主办单位为管委会，已于昨日开工建设。</p>".to_owned(), "技术支持"),
    ] {
        let text = text_of(&format!("<html><body><h1>今日要闻</h1>{body}</body></html>"));
        assert!(text.contains(kept), "{body}: {text}");
    }
}
