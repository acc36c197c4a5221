//! Cases of whole articles, and what holds for any text.

use encoding_rs::{BIG5, GB18030};
use proptest::prelude::*;

use super::*;

/// Blocks of a text as one letter for the kind and the clean text.
fn blocks(text: &str) -> Vec<String> {
    let article = read_str(text);
    let letter = |kind| match kind {
        BlockKind::Title => 'T',
        BlockKind::Heading => 'H',
        BlockKind::Paragraph => 'P',
        BlockKind::ListItem => 'L',
        BlockKind::TableRow => 'R',
        BlockKind::Furniture => 'F',
    };
    article.blocks.iter().map(|block| format!("{} {}", letter(block.kind), article.clean(block.span))).collect()
}

#[test]
fn texts_are_laid_out() {
    for (text, expected) in [
        // Markdown.
        (
            "# 甲区概况\n\n## 一、项目\n\n1. **零碳产业园**,清洁能源;\n- [圣圆园](http://a.b)的`煤电`\n\n![图](a.png)\n> 引文一句。\n",
            vec!["T 甲区概况", "H 一、项目", "L 零碳产业园,清洁能源;", "L 圣圆园的煤电", "P 引文一句。"],
        ),
        (
            "产值目标\n====\n\n| 产业 | 目标 |\n|---|:--|\n| 新一代 信息技术 | 2000亿元 |\n",
            vec!["T 产值目标", "R 产业|目标", "R 新一代 信息技术|2000亿元"],
        ),
        ("项目\t总投资\n甲项目\t3亿元\n", vec!["R 项目\t总投资", "R 甲项目\t3亿元"]),
        // Torn by a column.
        (
            "标题一行字在此\n\n区内坚持工业立区，在市委的坚强领导下，深\n\n入贯彻落实方针，完成投资３亿元。\n",
            vec!["T 标题一行字在此", "P 区内坚持工业立区,在市委的坚强领导下,深入贯彻落实方针,完成投资3亿元。"],
        ),
        (
            "标题一行字在此\n\n园区加快建设。深化“亩均论\n\n\n车间一角 记者 王芳 摄\n\n\n英雄”改革,效果明显。\n",
            vec!["T 标题一行字在此", "P 园区加快建设。深化“亩均论英雄”改革,效果明显。"],
        ),
        // A headline is not glued to the paragraph under it.
        (
            "标题一行字在此\n\n项目建设提速\n上半年,园区新开工项目3个。\n",
            vec!["T 标题一行字在此", "H 项目建设提速", "P 上半年,园区新开工项目3个。"],
        ),
        // Lead-ins and credits.
        (
            "标题一行字在此\n\n【本報訊】(記者 王芳) 昨日，甲園區開工。記者 李明\n",
            vec!["T 标题一行字在此", "F 【本报讯】(记者 王芳) ", "P 昨日,甲园区开工。", "F 记者 李明"],
        ),
        (
            "甲日报 2023年9月18日 星期一 第1版\n\n标题一行字在此\n\n新华社郑州7月12日电 园区投产。\n\n责任编辑:王芳\n",
            vec![
                "F 甲日报 2023年9月18日 星期一 第1版",
                "T 标题一行字在此",
                "F 新华社郑州7月12日电 ",
                "P 园区投产。",
                "F 责任编辑:王芳",
            ],
        ),
        // Blanks inside running text go, between words of a headline they stay.
        (
            "甲区开门红 总投资 30 亿元\n\n园 区 共 投 资 30 亿 元 ,New Energy 项目 3 个。\n",
            vec!["T 甲区开门红 总投资 30 亿元", "P 园区共投资30亿元,New Energy项目3个。"],
        ),
        // A pre-title.
        (
            "县区新闻\n\n实施“五大攻坚” 甲区再发力\n\n正文一句。",
            vec!["H 县区新闻", "T 实施“五大攻坚” 甲区再发力", "P 正文一句。"],
        ),
        ("", vec![]),
        ("\u{200b} \u{3000}\n", vec![]),
    ] {
        assert_eq!(blocks(text), expected, "{text}");
    }
}

#[test]
fn wrapped_columns_become_paragraphs() {
    let text = "  去年，中卫市谋划数据中心集\n群基础设施建设项目20个，概算总投资\n28.83亿元。百度和腾讯智算中心、中\n国移动5号机房等项\n目建成投用。\n\
                  按照定位，中卫集群承担国家重要\n的算力保障基地、人工智能应用基地、\n战略数据灾备基地和算力调度中心的\n任务。\n";
    assert_eq!(
        blocks(&format!("甲日报看中卫\n\n{text}"))[1..],
        [
            "P 去年,中卫市谋划数据中心集群基础设施建设项目20个,概算总投资28.83亿元。百度和腾讯智算中心、中国移动5号机房等项目建成投用。按照定位,\
             中卫集群承担国家重要的算力保障基地、人工智能应用基地、战略数据灾备基地和算力调度中心的任务。"
        ]
        .map(|text| text.replace("投用。按照", "投用。\nP 按照"))
        .iter()
        .flat_map(|text| text.split('\n').map(str::to_string))
        .collect::<Vec<_>>()
    );
}

#[test]
fn published_is_as_exact_as_the_text() {
    for (text, expected) in [
        ("标题\n\n(更新时间:2023年12月)\n\n正文一句。", Some("2023-12")),
        ("标题一行\n2017-07-21 08:12 甲州新闻网\n\n7月20日,正文一句。", Some("2017-07-21")),
        ("标题一行\n\n本报太原2022年3月28日讯(记者 王晓) 春分刚过。", Some("2022-03-28")),
        ("标题一行\n\n本报甲城2月17日讯 园区开工。\n\n(2014年2月18日 记者 李文)", Some("2014-02-18")),
        ("标题一行\n\n本报2月20日讯 甲区明确,2024年新区要增长。", Some("2024-02-20")),
        ("标题一行\n\n园区投产。(2021年3月20日)", Some("2021-03-20")),
        ("标题一行\n\n２０２１年7月，甲区上半年报告:截至7月底,户数增加。", Some("2021-08")),
        ("甲区2024年一季度公报\n\n一季度投资增长,到2027年要翻番。", Some("2024")),
        ("政府工作报告\n\n初步统计,2021年全区生产总值468亿元。", Some("2022")),
        ("标题一行\n\n园区投产。\n\n二〇二一年七月十五日", Some("2021-07-15")),
        ("标题一行\n\n园区投产。", None),
        ("标题一行\n\n3月22日,甲区明确,计划今年开工,2015年形成产值2000亿元。项目2011年2月签约。", Some("2011-03")),
        ("标题一行\n\n甲市2025投资年会4月1日启幕。早在2013年就有签约。", Some("2025-04")),
        ("标题一行\n\n2022年12月至2023年1月,甲区签约12个项目。", Some("2023-01")),
        ("标题一行\n\n2023年1月,甲区项目开工。一季度投资增长77%。", Some("2023")),
        ("标题一行\n\n2023年1月,甲区项目开工。去年一季度投资增长77%,今年一季度要增长8%。", Some("2023-01")),
        ("标题一行\n\n甲区投入2025万元,引进2023家企业。", None),
    ] {
        assert_eq!(read_str(text).published.map(|date| date.to_string()).as_deref(), expected, "{text}");
    }
}

#[test]
fn datelines_name_their_place() {
    for (lead, expected) in [
        ("本报太原2022年3月28日讯", Some("太原")),
        ("【本報哈爾濱2020年3月22日電】", Some("哈尔滨")),
        ("新华社郑州7月12日电", Some("郑州")),
        ("2023年6月8日 金昌讯", Some("金昌")),
        ("本报讯", None),
    ] {
        let article = read_str(&format!("标题一行\n\n{lead} 昨日,园区开工。"));
        assert_eq!(article.dateline_place.map(|span| article.clean(span)).as_deref(), expected, "{lead}");
    }
}

#[test]
fn names_are_printed_as_in_the_source() {
    let article = read_str("標題一行字\n\n園區開工。總投資１００億元的埃克森\n\n美孚惠州乙烯項目「落戶」。");
    let clean: String = article.chars.iter().collect();
    let start = clean.chars().position(|c| c == '埃').unwrap();
    let span = CleanSpan::new(start, start + 11);
    assert_eq!(article.clean(span), "埃克森美孚惠州乙烯项目");
    assert_eq!(article.printed(span), "埃克森美孚惠州乙烯項目");
    assert_eq!(article.quote(article.source_span(span)), "埃克森\n\n美孚惠州乙烯項目");
    assert_eq!(article.block_at(start), 1);
    assert_eq!(article.sentence_at(start), 2);
}

/// What holds for the reading of any text.
fn check(article: &Article) {
    let length = article.chars.len();
    assert_eq!(article.at.len(), length);
    assert!(article.at.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(article.at.last().is_none_or(|&at| (at as usize) < article.source.chars.len()));
    for pair in article.blocks.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start);
    }
    let mut covered = article.sentences.iter();
    for block in &article.blocks {
        assert!(!block.span.is_empty() && block.span.end as usize <= length);
        if block.kind == BlockKind::Furniture {
            continue;
        }
        let mut at = block.span.start;
        while at < block.span.end {
            let sentence = covered.next().expect("every block is covered by sentences");
            assert_eq!(sentence.start, at);
            assert!(block.span.contains(*sentence) && !sentence.is_empty());
            at = sentence.end;
        }
    }
    assert!(covered.next().is_none());
    for (i, &span) in article.sentences.iter().enumerate() {
        let source = article.source_span(span);
        assert!(source.start < source.end && source.end as usize <= article.source.chars.len());
        assert_eq!(article.printed(span).chars().count(), span.len());
        assert_eq!(article.quote(source).chars().count(), source.range().len());
        assert_eq!(article.sentence_at(span.start as usize), i);
        let block = article.blocks[article.block_at(span.start as usize)];
        assert!(block.span.contains(span));
    }
    let titles = article.blocks.iter().filter(|block| block.kind == BlockKind::Title).count();
    assert!(titles <= 1 && (titles == 1) == article.title.is_some());
}

/// Text in the genre with what readers stumble over.
const SAMPLE: &str = "# 投洽会上添“新友”\n\n厦门火炬高新区15个项目落笔168亿元\n\n本报厦门2022年9月9日讯(通讯员管轩) 昨日，火炬\n\n\
    高新区签下「雲簽約」１５个项目，总投资１６８亿元。\n\n签约现场 记者 王芳 摄\n\n| 项目 | 投资 |\n|---|---|\n| 甲 | 3亿元 |\n\n\
    - 其中，[甲项目](http://a)年产值《约》3.5亿元；\n2. 乙项目？\n\n  按照规划，到2025年底，全\n区产值达\n到千亿元。记者 孙雨\n第2版\n";

/// Pieces of which mutated texts are made.
fn piece() -> impl Strategy<Value = String> {
    let signs = "[\\n\\t 　。，、；：！？“”‘’（）《》【】#*|>`~_\\[\\]()0-9a-z〇一年月日讯电本报记者摄图投资亿元區項目\\u{0}\\u{200b}\\u{feff}]{1,12}";
    prop_oneof![
        signs,
        any::<String>(),
        (0..SAMPLE.chars().count(), 1..40usize)
            .prop_map(|(start, length)| { SAMPLE.chars().skip(start).take(length).collect() })
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&read_str(&text));
    }

    #[test]
    fn mutated_articles_are_read(pieces in prop::collection::vec(piece(), 0..40)) {
        check(&read_str(&pieces.concat()));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(article) = read(&bytes) {
            check(&article);
        }
    }

    #[test]
    fn damaged_bytes_are_read_or_refused(at in 0..SAMPLE.len(), length in 0..30usize, byte: u8) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        let end = (at + length).min(bytes.len());
        bytes[at..end].fill(byte);
        if let Ok(article) = read(&bytes) {
            check(&article);
        }
    }

    #[test]
    fn the_encoding_makes_no_difference(pieces in prop::collection::vec("[郑州高新区项目开工投资亿元企业发展智能产业园今年共有的在是了，。、“”0-9\\n]{4,30}", 3..20)) {
        let text = format!("本报讯 郑州高新区的项目开工。{}", pieces.concat());
        let plain = read_str(&text);
        let utf16 = |big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            GB18030.encode(&text).0.into_owned(),
            utf16(false),
            utf16(true),
            [b"\xff\xfe".to_vec(), utf16(false)].concat(),
            [b"\xfe\xff".to_vec(), utf16(true)].concat(),
        ] {
            let article = read(&bytes).unwrap();
            prop_assert_eq!(&article.chars, &plain.chars);
            prop_assert_eq!(&article.blocks, &plain.blocks);
        }
    }

    #[test]
    fn traditional_text_reads_the_same_in_big5(pieces in prop::collection::vec("[鄭州高新區項目開工投資億元企業發展智能產業園今年共有的在是了，。、「」0-9\\n]{4,30}", 3..20)) {
        let text = format!("【本報訊】鄭州高新區的項目開工。{}", pieces.concat());
        let article = read(&BIG5.encode(&text).0).unwrap();
        prop_assert_eq!(article.source.encoding, "Big5");
        prop_assert_eq!(article.chars, read_str(&text).chars);
    }
}

/// Texts on which careless reading takes quadratic time; each is read whole.
#[test]
fn long_and_lopsided_texts_are_read() {
    for (unit, count) in [
        ("(", 1_000_000),
        ("“(《", 300_000),
        ("[", 500_000),
        ("](", 300_000),
        ("[a](", 300_000),
        ("**", 300_000),
        ("|a", 500_000),
        ("1", 2_000_000),
        ("2021年", 300_000),
        ("记者", 500_000),
        ("本报讯 ", 300_000),
        ("第2版\n", 300_000),
        ("投资亿元,深\n\n", 200_000),
        ("园区投资30亿元,开工", 200_000),
        ("\u{200b}", 500_000),
        (" ", 500_000),
    ] {
        check(&read_str(&unit.repeat(count)));
    }
}
