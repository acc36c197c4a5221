// The two languages of the page.

export type Lang = "zh" | "en";

const KEPT = "parkgraph-lang";

function initial(): Lang {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(KEPT);
  if (asked === "zh" || asked === "en") return asked;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

export let lang: Lang = initial();

export function setLang(next: Lang): void {
  lang = next;
  localStorage.setItem(KEPT, next);
}

const WORDS = {
  title: ["开发区知识图谱", "Knowledge graph of development zones"],
  skip: ["跳到正文", "Skip to content"],
  home: ["首页", "Home"],
  ledger: ["项目台账", "Projects"],
  graph: ["图谱", "Graph"],
  industries: ["产业链", "Industries"],
  figures: ["统计数字", "Figures"],
  articles: ["文章", "Articles"],
  otherLang: ["English", "中文"],
  searchLabel: ["查找企业、园区、项目、政策…", "Find enterprises, parks, projects, policies…"],
  searchHint: ["可输入汉字、拼音或拼音首字母，如 chuangan", "Chinese characters, pinyin or its first letters, such as chuangan"],
  search: ["查找", "Find"],
  askLabel: ["用一句话提问", "Ask in plain words"],
  askHint: ["例如：哪些项目与智能传感器相关", "For example: Which projects relate to smart sensors?"],
  ask: ["提问", "Ask"],
  asking: ["正在查找答案…", "Looking for the answer…"],
  tryThese: ["试试这些问题", "Try these"],
  tagline: ["每条事实都带着原文句子", "Every fact comes with its sentence"],
  about: [
    "从开发区的新闻和公告中读出企业、园区、项目、政策、产业、资金与统计数字；每条事实都能回到原文的那一句。",
    "Enterprises, parks, projects, policies, industries, sums and figures, read from news of development zones. Each fact leads back to its sentence.",
  ],
  stages: ["项目阶段", "Stages of projects"],
  stagesHint: ["按最新阶段统计，点击查看台账", "By furthest stage; click for the list"],
  latest: ["最新文章", "Latest articles"],
  topFields: ["项目最多的产业", "Fields with most projects"],
  topParks: ["项目最多的地点", "Places with most projects"],
  facts: ["事实", "Facts"],
  stageline: ["阶段时间线", "Timeline of stages"],
  sums: ["资金", "Sums"],
  around: ["关系图", "Around it"],
  openGraph: ["在图谱中打开", "Open in the graph"],
  namedBy: ["与它有关", "What relates to it"],
  sources: ["原文", "Sources"],
  evidence: ["依据", "Evidence"],
  aliases: ["又名", "Also"],
  noFacts: ["文章中没有说到更多事实。", "The articles tell no more facts."],
  confidence: ["可信度", "confidence"],
  rule: ["规则", "rule"],
  undated: ["未注明日期", "undated"],
  of: ["显示 {0} / 共 {1}", "{0} of {1} shown"],
  nothing: ["没有找到。", "Nothing found."],
  near: ["相近的名称", "Near names"],
  sparqlUsed: ["查看 SPARQL", "Show the SPARQL"],
  loading: ["载入中…", "Loading…"],
  patience: [
    "服务刚启动或文章刚更新时，大图谱要先整理一遍，可能需要一分钟；好了会自动显示。",
    "Right after the start, or after new articles, a large graph is put in order first. It may take a minute; the page shows it as soon as it is there.",
  ],
  failed: ["出错了", "Something went wrong"],
  retry: ["重试", "Try again"],
  filters: ["筛选", "Filters"],
  name: ["名称", "Name"],
  stage: ["阶段", "Stage"],
  any: ["不限", "any"],
  none: ["未说明", "not told"],
  place: ["园区或地点", "Park or place"],
  field: ["产业", "Field"],
  investor: ["投资建设方", "Invested or built by"],
  least: ["总投资不低于（亿元）", "At least (100 million CNY)"],
  sortBy: ["排序", "Order by"],
  sum: ["总投资", "Total investment"],
  documents: ["文章数", "Articles"],
  csv: ["下载 CSV", "Download CSV"],
  clear: ["清除", "Clear"],
  found: ["找到 {0} 个项目（共 {1} 个）", "{0} projects found (of {1})"],
  previous: ["上一页", "Previous"],
  next: ["下一页", "Next"],
  page: ["第 {0} / {1} 页", "Page {0} of {1}"],
  nodesOf: ["节点：显示 {0} / 共 {1}", "Nodes: {0} of {1} shown"],
  edgesOf: ["关系：显示 {0} / 共 {1}", "Relations: {0} of {1} shown"],
  middle: ["中心", "Centre"],
  whole: ["全部", "everything"],
  hops: ["步数", "Steps"],
  limit: ["最多节点", "Most nodes"],
  colour: ["着色", "Colour by"],
  kind: ["类别", "kind"],
  community: ["社群", "community"],
  most: ["关系最多", "Most relations"],
  noWebgl: ["此浏览器不支持 WebGL，无法绘图；下面列出节点。", "This browser has no WebGL, so nothing can be drawn; the nodes are listed."],
  paths: ["两者之间的路径", "Ways between two things"],
  from: ["从", "From"],
  to: ["到", "To"],
  findPath: ["查找路径", "Find the ways"],
  noPath: ["两者之间没有路径。", "Nothing joins the two."],
  zoomIn: ["放大", "Zoom in"],
  zoomOut: ["缩小", "Zoom out"],
  fit: ["适合窗口", "Fit"],
  openThing: ["打开详情", "Open its page"],
  focusThing: ["以它为中心", "Centre on it"],
  neighbours: ["相邻", "Neighbours"],
  series: ["数字序列", "Series"],
  seriesHint: ["按主体或指标查找", "Find by subject or indicator"],
  period: ["时期", "Period"],
  value: ["数值", "Value"],
  growth: ["增长", "Growth"],
  target: ["目标", "target"],
  subject: ["主体", "Subject"],
  indicator: ["指标", "Indicator"],
  unit: ["单位", "Unit"],
  points: ["{0} 个数字", "{0} figures"],
  noPeriod: ["未注明时期", "no period"],
  pickSeries: ["从左边选择一个序列。", "Choose a series from the list."],
  asTable: ["表格", "Table"],
  asReceived: ["原始结果", "Response"],
  asAnswer: ["是否", "Boolean"],
  query: ["查询", "Query"],
  examples: ["示例查询", "Example queries"],
  examplesHint: ["选择后载入编辑器", "Loads into the editor"],
  sparqlHint: ["结果最多 {0} 行；数据可通过 /query 端点访问。", "The endpoint is /query; results are limited, so add LIMIT."],
  published: ["发布", "Published"],
  sentences: ["图谱引用的句子", "Sentences that the graph rests on"],
  characters: ["字", "characters"],
  upload: ["上传文章", "Upload articles"],
  uploadHint: ["文本、网页、PDF、Word（.docx）、项目台账（Excel、CSV）或 ZIP；读取后立即可查。", "Text, web pages, PDF, Word (.docx), ledgers (Excel, CSV) or ZIP; they can be asked about at once."],
  token: ["令牌", "Token"],
  file: ["文件", "Files"],
  send: ["上传", "Upload"],
  added: ["已读入：{0} 个名称，{1} 条事实", "read: {0} names, {1} facts"],
  articlesIn: ["{0} 篇文章；", "{0} articles;"],
  same: ["内容未变", "unchanged"],
  readOnly: ["此服务只读；以 --token-file 启动后可上传。", "This server only reads; started with --token-file it takes uploads."],
  context: ["前后文", "in its article"],
  moreOf: ["共 {0} 处", "{0} in all"],
  projects: ["项目", "projects"],
  enterprises: ["企业", "enterprises"],
  parks: ["园区", "parks"],
  policies: ["政策", "policies"],
  narrower: ["细分领域", "narrower fields"],
  licences: ["第三方许可", "Licences of others"],
  foot: ["parkgraph：离线运行，不使用大语言模型", "parkgraph: works offline, without a language model"],
} satisfies Record<string, [string, string]>;

export type Word = keyof typeof WORDS;

/** A text in the language of the page, `{0}` and `{1}` filled in. */
export function t(word: Word, ...values: (string | number)[]): string {
  const text = WORDS[word][lang === "zh" ? 0 : 1];
  return text.replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)] ?? ""));
}

const KINDS: Record<string, [string, string]> = {
  Enterprise: ["企业", "Enterprise"],
  Organization: ["机构", "Organization"],
  Park: ["园区", "Park"],
  Project: ["项目", "Project"],
  Policy: ["政策", "Policy"],
  Industry: ["产业", "Industry"],
  Place: ["地方", "Place"],
  ProjectGroup: ["项目组", "Project group"],
  Amount: ["资金", "Sum"],
};

export const kindNames = Object.keys(KINDS).slice(0, 7);

const STAGES: Record<string, [string, string]> = {
  planned: ["谋划", "Planned"],
  signed: ["签约", "Signed"],
  started: ["开工", "Started"],
  underConstruction: ["在建", "Under construction"],
  completed: ["竣工", "Completed"],
  operating: ["投产", "Operating"],
};

export const stageNames = Object.keys(STAGES);

// Each property as said of the thing, and as said of what names it.
const PROPERTIES: Record<string, [string, string, string, string]> = {
  totalInvestment: ["总投资", "Total investment", "总投资所属", "Total investment of"],
  plannedInvestment: ["计划投资", "Planned investment", "计划投资所属", "Planned investment of"],
  completedInvestment: ["已完成投资", "Invested so far", "已完成投资所属", "Invested so far in"],
  investor: ["投资建设方", "Invested or built by", "投资建设", "Invests in or builds"],
  locatedIn: ["所在地", "Located in", "位于此处", "Located here"],
  industry: ["所属产业", "Fields", "属于此产业", "In this field"],
  issuedBy: ["发布单位", "Issued by", "发布的政策", "Issued"],
  memberOf: ["所属批次", "Listed in", "包含", "Holds"],
  partner: ["合作方", "Partners", "合作方", "Partners"],
  designation: ["称号", "Designations", "称号", "Designations"],
  status: ["阶段", "Stage", "阶段", "Stage"],
};

const pick = (pair: [string, string] | undefined, name: string): string =>
  pair ? pair[lang === "zh" ? 0 : 1] : name;

// Names of many of a kind, where English has another word.
const MANY: Record<string, string> = {
  Enterprise: "Enterprises", Organization: "Organizations", Park: "Parks", Project: "Projects", Policy: "Policies", Industry: "Industries", Place: "Places",
};

export const kindsName = (kind: string): string => (lang === "zh" ? kindName(kind) : MANY[kind] ?? kind);
export const kindName = (kind: string): string => pick(KINDS[kind], kind);
export const stageName = (stage: string): string => pick(STAGES[stage], stage);

export function propertyName(property: string, incoming = false): string {
  const names = PROPERTIES[property];
  if (!names) return property;
  return names[(incoming ? 2 : 0) + (lang === "zh" ? 0 : 1)];
}
