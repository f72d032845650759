package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/engine"
	"lvyue/internal/refusal"
	"lvyue/internal/rehearsal"
)

// watchPace is how long a row stands on a terminal, so that a person can follow.
const watchPace = 150 * time.Millisecond

func rehearseCommand(s *session) *cobra.Command {
	var keep, watch bool
	var cloudLog string
	var pace time.Duration
	c := &cobra.Command{
		Use: "rehearse SCENARIO", Args: wants(1, 1),
		Short:   s.say("几秒之内在真实引擎上预演一份合同的一生", "play a whole contract life on the real engine, in seconds"),
		Example: "  starter rehearse examples/first-contract/scenario.yaml --watch",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			scenario, err := rehearsal.Load(args[0])
			if err != nil {
				return reply{}, err
			}
			options := rehearsal.Options{Scenario: scenario, Keep: keep, Language: s.lang}
			if watch {
				options.Watch = s.live(pace).Show
			} else {
				defer s.whileWaiting("预演进行中……", "the play goes on…").Stop()
			}
			report, err := s.logged(ctx, options, cloudLog)
			return reply{document: report, print: func(p *paper) {
				p.line("", "")
				p.text(report.Text(s.lang, s.program.Columns))
				if report.Schema != "" {
					s.lookFurther(p, report)
				}
			}}, err
		}),
	}
	c.Flags().BoolVar(&keep, "keep", false, s.say("保留数据库中的预演内容", "leave the schema for looking at"))
	c.Flags().BoolVar(&watch, "watch", false, s.say("边演边看", "show the play as it goes"))
	c.Flags().StringVar(&cloudLog, "cloud-log", "", s.say("将对云的每个请求逐行写入文件（JSON）", "write every request to the cloud to a file, a line of JSON each"))
	c.Flags().DurationVar(&pace, "pace", s.defaultPace(), s.say("每行停留的时间", "how long each row stands"))
	return c
}

// logged rehearses, with the requests to the cloud in the file of that name; none for no name. The file stays when the
// rehearsal fails: then it is wanted most.
func (s *session) logged(ctx context.Context, options rehearsal.Options, name string) (report rehearsal.Report, err error) { //nolint:nonamedreturns // the file is closed last
	if name == "" {
		return s.rehearse(ctx, options)
	}
	file, err := os.Create(name) //nolint:gosec // the caller names the file
	if err != nil {
		return report, refusal.BadInput("bad_file", "--cloud-log：无法写入 "+name, "--cloud-log: "+name+" cannot be written",
			refusal.Wrong("cloud-log", "无法写入 "+name, name+" cannot be written"))
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	options.CloudLog = file
	return s.rehearse(ctx, options)
}

// lookFurther says how to look at a rehearsal that was kept.
func (s *session) lookFurther(p *paper, r rehearsal.Report) {
	p.line("这次预演的数据已保留，可继续查看：", "This rehearsal was kept; to look at it further:")
	for _, command := range []string{
		"show " + r.Contract, "timeline " + r.Contract + " --verify", "books statement " + r.Contract, "books trial-balance", "books audit",
	} {
		p.text(fmt.Sprintf("  LVYUE_SCHEMA=%s %s %s\n", r.Schema, os.Args[0], command))
	}
}

// defaultPace lets a person follow, and keeps nobody else waiting.
func (s *session) defaultPace() time.Duration {
	if s.program.Terminal {
		return watchPace
	}
	return 0
}

// live is the table that grows: on standard output for people, beside the document with --json.
func (s *session) live(pace time.Duration) *rehearsal.Live {
	live := &rehearsal.Live{Out: s.program.Out, Language: s.lang, Colours: s.program.Terminal, Columns: s.program.Columns, Pace: pace}
	if s.json {
		live.Out, live.Colours, live.Columns = s.program.Err, s.program.Watching, 0
	}
	live.Begin()
	return live
}

// rehearse plays on the connected server and database; the vendors are simulated.
func (s *session) rehearse(ctx context.Context, options rehearsal.Options) (rehearsal.Report, error) {
	settings, err := s.settings()
	if err != nil {
		return rehearsal.Report{}, err
	}
	logger := engine.Logger(noLog{})
	client, err := engine.Dial(ctx, settings, logger)
	if err != nil {
		return rehearsal.Report{}, err
	}
	defer client.Close()
	options.Client, options.Namespace, options.Log = client, settings.Temporal.Namespace, logger
	options.DatabaseURL = settings.DatabaseURL.Reveal()
	return rehearsal.Run(ctx, options)
}
