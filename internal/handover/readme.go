package handover

import (
	"fmt"
	"strings"
)

// ReadMe is the text beside the data, in Chinese or English: how to check it and load it, with nothing but common tools. The
// lines of sums are those that sha256sum reads.
func ReadMe(lang string, m Manifest) string {
	text := readMeEN
	if lang == "zh" {
		text = readMeZH
	}
	var products, sums strings.Builder
	for _, p := range m.Products {
		fmt.Fprintf(&products, "    %-4s %s\n", p.Code, p.Release)
	}
	for _, o := range m.Objects {
		fmt.Fprintf(&sums, "%s  %s\n", o.SHA256, o.Name)
	}
	return strings.NewReplacer(
		"{contract}", m.Contract, "{taken}", m.TakenAt.Format("2006-01-02 15:04:05 -0700"),
		"{products}", products.String(), "{sums}", sums.String(),
	).Replace(text)
}

const readMeEN = `All data of contract {contract}, taken {taken}.

database.sql   the whole database as SQL text (MySQL, utf8mb4)
files.tar      all attachments and pictures, with their paths
manifest.json  the products and releases, and the rows and SHA-256 of every table

1. Check that nothing was changed on the way:
       grep -E '^[0-9a-f]{64}  ' README.txt | sha256sum -c
{sums}
2. Install these products on your server, in just these releases:
{products}
3. Load the database into an empty one of its own:
       mysql --default-character-set=utf8mb4 NAME < database.sql
4. Unpack the files into the folder of the products' files:
       tar -xf files.tar -C FOLDER
5. Compare: every table must have the rows that manifest.json counts.
`

const readMeZH = `合同 {contract} 的全部数据，取自 {taken}。

database.sql   整个数据库的 SQL 文本（MySQL，utf8mb4）
files.tar      全部附件和图片，含路径
manifest.json  产品及版本，以及每张表的行数和 SHA-256

1. 核对途中未被改动：
       grep -E '^[0-9a-f]{64}  ' README.zh.txt | sha256sum -c
{sums}
2. 在自己的服务器上安装下列产品，版本须完全相同：
{products}
3. 把数据库装入一个空库：
       mysql --default-character-set=utf8mb4 库名 < database.sql
4. 把文件解到产品的文件目录：
       tar -xf files.tar -C 目录
5. 比对：每张表的行数须与 manifest.json 所载一致。
`
