package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"lvyue/internal/certificate"
	"lvyue/internal/words"
)

// destructionCommand groups what is asked of a destruction that is over (§7.2).
func destructionCommand(s *session) *cobra.Command {
	group := &cobra.Command{
		Use:     "destruction",
		Short:   s.say("数据销毁证明：出具、核验（§7.2）", "certificates of destruction: make one, check one (§7.2)"),
		Example: "  starter destruction certificate HT-2025-001 --out certificate.json --html certificate.html",
	}
	group.AddCommand(certificateCommand(s), verifyCommand(s))
	group.RunE = s.choose(group)
	return group
}

func certificateCommand(s *session) *cobra.Command {
	var out, page string
	c := &cobra.Command{
		Use: "certificate NUMBER", Args: wants(1, 1),
		Short:   s.say("出具销毁证明", "make the certificate of a destruction"),
		Example: "  starter destruction certificate HT-2025-001 --out certificate.json --html certificate.html",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			var in input
			number := in.number(args[0])
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.certificate(ctx, number, out, page)
		}),
	}
	c.Flags().StringVar(&out, "out", "", s.say("连同证据存为 JSON 文件，交给甲方", "write it, with its evidence, to a JSON file for the customer"))
	c.Flags().StringVar(&page, "html", "", s.say("存为网页文件，可打印", "write it to an HTML file, to be printed"))
	return c
}

func (s *session) certificate(ctx context.Context, number, out, page string) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	links, err := store.Evidence(ctx, number)
	if err != nil {
		return reply{}, fmt.Errorf("read the evidence of %s: %w", number, err)
	}
	file, err := certificate.Of(number, links)
	if err != nil {
		return reply{}, err
	}
	if out != "" {
		if err := saveWhole("out", out, func(w io.Writer) error { return json.NewEncoder(w).Encode(file) }); err != nil {
			return reply{}, err
		}
	}
	if page != "" {
		if err := saveWhole("html", page, file.Certificate.Write); err != nil {
			return reply{}, err
		}
	}
	return reply{document: file, print: func(p *paper) {
		p.certificate(file.Certificate)
		for _, name := range []string{out, page} {
			if name != "" {
				p.line("%s 已写入 %s", "%s %s is written", p.paint(good, "✓"), name)
			}
		}
	}}, nil
}

// verified is what is said of a certificate that holds.
type verified struct {
	Verified    bool                    `json:"verified"`
	Compared    bool                    `json:"head_compared"`
	Certificate certificate.Certificate `json:"certificate"`
}

func verifyCommand(s *session) *cobra.Command {
	var head string
	c := &cobra.Command{
		Use: "verify FILE", Args: wants(1, 1),
		Short:   s.say("核验一份证明，无需联网", "check a certificate, without any network"),
		Example: "  starter destruction verify certificate.json --head 3b1f…",
		RunE: s.does(func(_ context.Context, args []string) (reply, error) {
			var in input
			data := in.file("FILE", args[0])
			if err := in.err(); err != nil {
				return reply{}, err
			}
			file, err := certificate.Read(data)
			if err != nil {
				return reply{}, err
			}
			if err := file.Verify(head); err != nil {
				return reply{}, err
			}
			return reply{document: verified{true, head != "", file.Certificate}, print: func(p *paper) { p.holds(file, head != "") }}, nil
		}),
	}
	c.Flags().StringVar(&head, "head", "", s.say("合同双方留存的链头指纹", "the chain's head, as it was handed to the customer"))
	return c
}

func (p *paper) certificate(c certificate.Certificate) {
	p.line("%s  %s（甲方 %s）", "%s  %s (customer %s)", p.paint(bold, p.in(words.Event("certificate"))), c.Contract, c.Customer)
	p.line("终止 %s，期限 %s，销毁完成 %s", "ended on %s, due by %s, destroyed at %s", p.day(c.EndedOn), p.day(c.DueOn), p.instant(c.At))
	for _, i := range c.InstructedBy {
		p.line("指令：%s，%s", "instructed by %s at %s", i.Who, p.instant(i.At))
	}
	if len(c.ReadBack) == 0 {
		p.line("由旧版本销毁，未留清单", "an older release destroyed it and kept no list")
	}
	header := table.Row{"种类", "编号", "依据"}
	if p.lang != "zh" {
		header = table.Row{"kind", "id", "found by"}
	}
	rows := make([]table.Row, len(c.Destroyed))
	for n, i := range c.Destroyed {
		rows[n] = table.Row{p.in(words.Piece(i.Kind)), i.ID, p.in(words.Found(i.FoundBy))}
	}
	p.rows(header, rows)
	for _, at := range c.ReadBack {
		p.line("复核 %s：剩余 0", "looked again at %s: 0 left", p.instant(at))
	}
	if !c.Unrestorable.IsZero() {
		p.line("无备份可恢复 %s", "no backup to restore from at %s", p.instant(c.Unrestorable))
	}
	p.line("不在证明之内：", "not covered:")
	for _, text := range c.NotCovered {
		p.line("  · %s", "  · %s", p.in(text))
	}
	p.line("证据链第 %d 条，链头 %s", "event %d of the chain, head %s", c.Event, c.Head)
}

func (p *paper) holds(f certificate.File, compared bool) {
	p.certificate(f.Certificate)
	if !compared {
		p.line("未比对链头：只能说明文件自身前后一致（--head）", "the head was not compared: the file agrees with itself, no more (--head)")
	}
	p.line("%s 证明与其 %d 条证据相符，证据链完整", "%s the certificate says what its %d events say, and their chain holds",
		p.paint(good, "✓"), len(f.Evidence))
}
