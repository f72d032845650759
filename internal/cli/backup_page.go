package cli

import (
	"fmt"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"lvyue/internal/backup"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
)

func (p *paper) backups(d backupDocument) {
	if len(d.Contracts) == 0 {
		p.line("没有在服务中的合同，也没有备份", "no contract is in service, and there is no copy")
		return
	}
	header := table.Row{"合同", "阶段", "最新备份", "距今", "大小", "份数", "恢复演练", ""}
	if p.lang != "zh" {
		header = table.Row{"contract", "phase", "newest copy", "age", "size", "copies", "restored for proof", ""}
	}
	rows := make([]table.Row, len(d.Contracts))
	for i, c := range d.Contracts {
		rows[i] = table.Row{c.Contract, p.in(words.Phase(c.Phase)), "—", "—", "—", c.Copies, p.drilled(c.Drilled), p.gap(c.Gap)}
		if c.Newest != nil {
			rows[i][2], rows[i][3], rows[i][4] = p.instant(c.Newest.TakenAt), p.age(c.AgeSeconds), size(c.Newest.Bytes)
		}
	}
	p.rows(header, rows)
	p.copies(d.Copies)
}

func (p *paper) gap(gap bool) string {
	if !gap {
		return ""
	}
	return p.paint(urgent, p.in(refusal.Text{ZH: "缺口", EN: "gap"}))
}

// drilled is when a copy was last restored for proof, and how it came out.
func (p *paper) drilled(d *backup.Drill) string {
	switch {
	case d == nil:
		return p.in(refusal.Text{ZH: "从未", EN: "never"})
	case d.Same():
		return p.instant(d.At) + " " + p.paint(good, p.in(refusal.Text{ZH: "一致", EN: "the same"}))
	default:
		return p.instant(d.At) + " " + p.paint(urgent, p.in(refusal.Text{ZH: "不一致：", EN: "differs: "})+d.Differences[0].What)
	}
}

func (p *paper) copies(all []backup.Copy) {
	header := table.Row{"备份", "读取时间", "核验时间", "大小", "对象", "清单指纹", "密钥"}
	if p.lang != "zh" {
		header = table.Row{"copy", "taken", "verified", "size", "objects", "sha-256 of the manifest", "key"}
	}
	rows := make([]table.Row, len(all))
	for i, c := range all {
		rows[i] = table.Row{c.Day, p.instant(c.TakenAt), p.instant(c.VerifiedAt), size(c.Bytes), c.Objects, c.SHA256[:16] + "…", c.Key[:16] + "…"}
	}
	p.rows(header, rows)
}

// made tells of one copy.
func (p *paper) made(c backup.Copy) {
	p.line("%s 合同 %s 的 %s 备份已写入并核验：%s，%d 个对象", "%s the copy of %s of %s is written and verified: %s, %d objects",
		p.paint(good, "✓"), c.Contract, c.Day, size(c.Bytes), c.Objects)
	p.line("  读取于 %s，清单 SHA-256 %s", "  taken at %s, SHA-256 of its manifest %s", p.instant(c.TakenAt), c.SHA256)
}

// proof tells of one drill, with every difference.
func (p *paper) proof(d backup.Drill) {
	if d.Same() {
		p.line("%s 合同 %s 的 %s 备份已恢复到 %s 并比对一致：%d 行、%d 个文件", "%s the copy of %s of %s was restored into %s and is the same: %d rows, %d files",
			p.paint(good, "✓"), d.Contract, d.Day, d.Into, d.Rows, d.Files)
		return
	}
	for _, x := range d.Differences {
		p.line("%s %s：应为 %s，实为 %s", "%s %s: want %s, got %s", p.paint(urgent, "✗"), x.What, x.Want, x.Got)
	}
}

// age is in hours and minutes.
func (p *paper) age(seconds int64) string {
	d := time.Duration(seconds) * time.Second
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	return fmt.Sprintf(p.in(refusal.Text{ZH: "%d 小时 %d 分", EN: "%d h %d min"}), hours, minutes)
}

// size is in the unit that leaves at most four digits before the point.
func size(bytes int64) string {
	const step = 1024
	n, units := float64(bytes), []string{"B", "KB", "MB", "GB", "TB"}
	for len(units) > 1 && n >= step {
		n, units = n/step, units[1:]
	}
	if units[0] == "B" {
		return fmt.Sprintf("%d B", bytes)
	}
	return fmt.Sprintf("%.1f %s", n, units[0])
}
