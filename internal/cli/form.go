package cli

import (
	"context"

	"github.com/spf13/cobra"

	"lvyue/internal/contract"
)

// formDocument is the blank form for --json.
type formDocument struct {
	Form string `json:"form"`
}

func formCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use: "form", Args: wants(0, 0),
		Short:   s.say("打印空白合同表单", "print a contract form to fill in"),
		Example: "  starter form > contract.yaml",
		RunE: s.does(func(context.Context, []string) (reply, error) {
			blank := contract.BlankForm()
			return reply{
				document: formDocument{Form: string(blank)},
				print:    func(p *paper) { p.text(string(blank)) },
			}, nil
		}),
	}
}

// form reads and checks the form in the file of that name. Nothing wrong in it goes unnamed.
func (in *input) form(path, name string) contract.Form {
	data := in.file(path, name)
	if data == nil {
		return contract.Form{}
	}
	form, err := contract.ParseForm(data)
	in.note(path, err)
	return form
}
