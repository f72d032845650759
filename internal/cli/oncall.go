package cli

import (
	"context"

	"github.com/spf13/cobra"

	"lvyue/internal/oncall"
)

// oncallCommand groups what is asked of the rota, and what is entered there (§4.1, §4.2).
func oncallCommand(s *session) *cobra.Command {
	group := &cobra.Command{
		Use:     "oncall",
		Short:   s.say("值班表：谁在值班、换班、升级阶梯（§4.1、§4.2）", "the rota: who is on call, overrides, the ladder of a fault (§4.1, §4.2)"),
		Example: "  starter oncall show",
	}
	group.AddCommand(
		oncallShowCommand(s), oncallFormCommand(s), oncallSetCommand(s), oncallOverrideCommand(s), oncallSwapCommand(s), oncallCancelCommand(s),
	)
	group.RunE = s.choose(group)
	return group
}

func oncallFormCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "form", Args: wants(0, 0),
		Short:   s.say("打印值班表示例，逐项注明", "print an example of a rota, with every field explained"),
		Example: "  starter oncall form > rota.yaml",
		RunE: s.does(func(context.Context, []string) (reply, error) {
			example := string(oncall.ExampleForm())
			return reply{document: formDocument{Form: example}, print: func(p *paper) { p.text(example) }}, nil
		}),
	}
}

// rotaDocument is a version of the rota that was set. Unchanged says that the last one says the same, and stays.
type rotaDocument struct {
	Version   int64 `json:"version"`
	Unchanged bool  `json:"unchanged"`
	standingDocument
}

func oncallSetCommand(s *session) *cobra.Command {
	var by string
	c := &cobra.Command{
		Use: "set FORM", Args: wants(1, 1),
		Short:   s.say("检查并启用值班表；已登记的换班继续有效", "check a rota and make it rule; overrides that were entered stay"),
		Example: "  starter oncall set rota.yaml --by chen",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			var in input
			rota := in.rota("FORM", args[0])
			who := in.required("by", by)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.setRota(ctx, rota, who)
		}),
	}
	s.handler(c, &by)
	return c
}

// rota reads and checks the rota in the file of that name.
func (in *input) rota(path, name string) oncall.Rota {
	data := in.file(path, name)
	if data == nil {
		return oncall.Rota{}
	}
	rota, err := oncall.ParseRota(data)
	in.note(path, err)
	return rota
}

// setRota shows who is on call by the new version, and where it has gaps: it rules all the same.
func (s *session) setRota(ctx context.Context, rota oncall.Rota, by string) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	version, set, err := store.SetRota(ctx, rota, by)
	if err != nil {
		return reply{}, err
	}
	standing, err := s.standingNow(ctx, store)
	if err != nil {
		return reply{}, err
	}
	d := rotaDocument{Version: version, Unchanged: !set, standingDocument: standing}
	return reply{document: d, print: func(p *paper) {
		if set {
			p.line("%s 值班表第 %d 版已启用", "%s version %d of the rota rules from now on", p.paint(good, "✓"), version)
		} else {
			p.line("值班表与第 %d 版相同，未变", "the rota says the same as version %d, which stays", version)
		}
		p.onCall(d.OnCall)
		p.rotaGaps(d.Gaps)
	}}, nil
}
