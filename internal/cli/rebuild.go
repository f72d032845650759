package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

// rebuildDocument counts the contracts whose read tables were made again from the evidence.
type rebuildDocument struct {
	Contracts int `json:"contracts"`
}

func rebuildCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "rebuild", Args: wants(0, 0),
		Short:   s.say("由证据重建查询表", "make the read tables again from the evidence"),
		Example: "  starter rebuild",
		RunE: s.does(func(ctx context.Context, _ []string) (reply, error) {
			store, err := s.open(ctx)
			if err != nil {
				return reply{}, err
			}
			n, err := store.Rebuild(ctx)
			if err != nil {
				return reply{}, fmt.Errorf("rebuild the read tables: %w", err)
			}
			return reply{document: rebuildDocument{Contracts: n}, print: func(p *paper) {
				p.line("%s 已由证据重建 %d 份合同的查询表", "%s the read tables of %d contracts were made again from the evidence", p.paint(good, "✓"), n)
			}}, nil
		}),
	}
}
