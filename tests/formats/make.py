"""Makes the files of this folder from two articles of samples/, with the programs people use.

Run by hand where chromium and soffice are installed: python3 tests/formats/make.py
The tests read the files as they are and need neither program.
"""

import base64
import json
import pathlib
import struct
import subprocess
import tempfile
import zipfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "samples"
ARTICLES = {"valley": "01-bengbu-sensor-valley", "displays": "06-hefei-xinzhan-displays"}
FONT = "font-family: 'Noto Serif CJK SC'"
LEDGER = [
    "星河高新区重点产业项目台账,,,,,,,单位：万元",
    "序号,项目名称,建设单位,总投资,所在园区,所属行业,状态,用地面积（亩）",
    "1,青岚传感器产业园项目,白鹭科技有限公司,300000,星河高新区,智能传感器,在建,120.5",
    "2,月牙湖算力中心项目,月牙湖数据有限公司、星河高新区管委会,52000,星河高新区,人工智能,已投产,45",
    "3,云杉电池材料项目,云杉新材料有限公司,约8亿元,云杉产业园,动力电池,签约,",
    ",合计,,,,,,",
]


def run(*command):
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=180)


def printed(page, target):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri())


def office(folder, kind, target, source, *more):
    run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *more, "--convert-to", kind,
        "--outdir", target, source)


def picture():
    """A grey PNG, as a scanner leaves it."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\xcc" * 60 for _ in range(60))
    head = struct.pack(">IIBBBBB", 60, 60, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(png).decode()


def site(title, paragraphs, charset):
    """A page as papers and governments publish it: menus, advertisements, scripts, a sidebar, a foot."""
    body = "\n".join(f"<p>　　{line}</p>" for line in paragraphs)
    menu = "".join(f'<li><a href="/{n}.html">栏目{n}：要闻，关注</a></li>' for n in range(12))
    side = "".join(f'<li><a href="/h{n}.html">热点{n}：某项目签约，总投资{n}亿元，引来各方关注</a></li>' for n in range(9))
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}_星河日报_要闻</title>
<meta name="PubDate" content="2023-06-13 08:15"><meta name="ContentSource" content="星河日报">
<link rel="canonical" href="https://news.example.org/2023/0613/t1.html">
<script>var ad = "<p>广告，总投资99亿元。</p>"; if (1 < 2) document.write(ad);</script>
<style>.TRS_Editor p {{ text-indent: 2em }}</style></head>
<body><div class="topbar"><a href="/">首页</a> | <a href="/login">登录</a></div>
<div class="nav"><ul>{menu}</ul></div>
<table width="100%"><tr><td width="700">
<h1>{title}</h1>
<div class="info">发布时间：2023-06-13 08:15　来源：星河日报　作者：沈砚秋　字号：<a>大</a> <a>小</a></div>
<div class="TRS_Editor" id="zoom">
{body}
</div>
<div class="share">分享到：<a href="#">微信</a></div>
<p>上一篇：<a href="/p.html">另一篇报道，说的是别的事情</a></p>
</td><td width="300"><div class="hot"><h3>热点排行</h3><ul>{side}</ul></div></td></tr></table>
<div class="footer">版权所有：星河日报社　未经许可，不得转载　星ICP备00000001号</div>
</body></html>
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, sample in ARTICLES.items():
            text = (SAMPLES / f"{sample}.txt").read_text(encoding="utf-8")
            title, *paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
            (HERE / f"{name}.html").write_bytes(site(title, paragraphs, "gb2312").encode("gb18030"))
            plain = f"<html><head><meta charset=utf-8></head><body><p>{title}</p>" + "".join(
                f"<p>{line}</p>" for line in paragraphs) + "</body></html>"
            (folder / f"{name}.html").write_text(plain, encoding="utf-8")
            office(folder, "docx:MS Word 2007 XML", HERE, folder / f"{name}.html", "--writer")
            style = f"<style>body {{ {FONT}; font-size: 11pt; line-height: 1.6 }}</style>"
            printed(style + plain, HERE / f"{name}.pdf")
            columns = f"""<html><head><meta charset=utf-8><style>@page {{ size: A4; margin: 15mm }}
body {{ {FONT}; font-size: 9.5pt; line-height: 1.45; margin: 0 }} h1 {{ font-size: 22pt; text-align: center }}
.head {{ display: flex; justify-content: space-between; border-bottom: 1px solid; margin-bottom: 12mm }}
.text {{ columns: 2; column-gap: 8mm; text-align: justify }} p {{ margin: 0; text-indent: 2em }}</style></head><body>
<div class=head><span>星河日报</span><span>2023年6月13日</span><span>A03版</span></div><h1>{title}</h1>
<div class=text>{"".join(f"<p>{line}</p>" for line in paragraphs)}</div></body></html>"""
            printed(columns, HERE / f"{name}-columns.pdf")
            front = f"---\ntitle: {title}\ndate: 2023-06-13\nsource: 星河日报\nurl: https://news.example.org/a\n---\n\n"
            (HERE / f"{name}.md").write_text(front + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
        records = []
        for name, sample in ARTICLES.items():
            text = (SAMPLES / f"{sample}.txt").read_text(encoding="utf-8")
            title, rest = text.split("\n", 1)
            records.append({"title": title, "text": rest.strip() + "\n", "date": "2023-06-13",
                            "url": f"https://news.example.org/{name}"})
        (HERE / "both.jsonl").write_text("".join(json.dumps(it, ensure_ascii=False) + "\n" for it in records),
                                         encoding="utf-8")
        with zipfile.ZipFile(HERE / "both.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, sample in ARTICLES.items():
                archive.write(SAMPLES / f"{sample}.txt", f"要闻/{name}.txt")
        ledger = HERE / "ledger.csv"
        ledger.write_text("\n".join(LEDGER) + "\n", encoding="utf-8")
        for kind in ["xlsx", "xls"]:
            office(folder, kind, HERE, ledger, "--infilter=Text - txt - csv (StarCalc):44,34,76")
        image = picture()
        printed(f"<body><p>星河高新区项目总投资3亿元。</p><p style='page-break-before: always'><img src='{image}'></p>",
                HERE / "page-without-text.pdf")
        printed(f"<body><img src='{image}'>", HERE / "no-text.pdf")
        (folder / "secret.html").write_text("<p>星河高新区</p>", encoding="utf-8")
        options = {"EncryptFile": {"type": "boolean", "value": "true"},
                   "DocumentOpenPassword": {"type": "string", "value": "secret"}}
        office(folder, "pdf:writer_web_pdf_Export:" + json.dumps(options), folder, folder / "secret.html")
        (HERE / "encrypted.pdf").write_bytes((folder / "secret.pdf").read_bytes())


if __name__ == "__main__":
    main()
