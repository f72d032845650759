package cli

import (
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/refusal"
)

// defaultWait is how long a command waits for the engine's answer to an act. The act is stored before, so
// that a longer silence loses nothing.
const defaultWait = 20 * time.Second

func rootCommand(s *session) *cobra.Command {
	root := &cobra.Command{
		Use:           "starter",
		Short:         s.say("签订、查看和推进服务合同", "Start, watch and steer service contracts"),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
	}
	root.SetOut(s.program.Out)
	root.SetErr(s.program.Err)
	root.SetUsageTemplate(s.usageTemplate(root.UsageTemplate()))
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return badUsage(err) })
	root.SetHelpCommand(&cobra.Command{Use: "no-help", Hidden: true})
	s.globalFlags(root)
	s.groups(root)
	root.RunE = s.choose(root)
	s.completion(root)
	plainUseLines(root)
	return root
}

func (s *session) globalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.BoolVar(&s.json, "json", s.json, s.say("输出一个 JSON 文档", "print one JSON document"))
	flags.StringVar(&s.lang, "lang", s.lang, s.say("语言：zh 或 en（默认取 LANG）", "language: zh or en (default: LANG)"))
	flags.Lookup("lang").DefValue = "" // the line says it
	suggest(root, "lang", "zh", "en")
	flags.StringVar(&s.flags.Profile, "profile", "", s.say("Temporal 配置名", "Temporal profile"))
	flags.StringVar(&s.flags.Address, "address", "", s.say("Temporal 地址 host:port", "Temporal address host:port"))
	flags.StringVar(&s.flags.Namespace, "namespace", "", s.say("Temporal 命名空间", "Temporal namespace"))
	flags.DurationVar(&s.wait, "wait", defaultWait, s.say("等待引擎答复的时间", "how long to wait for the engine's answer"))
	flags.BoolP("help", "h", false, s.say("显示帮助", "show help"))
}

// groups adds the commands in the order in which a contract needs them.
func (s *session) groups(root *cobra.Command) {
	for _, g := range []struct {
		id, title string
		commands  []*cobra.Command
	}{
		{"tools", s.say("表单与日历（无需引擎）：", "Forms and calendar (no engine needed):"), []*cobra.Command{
			formCommand(s), checkCommand(s), workdayCommand(s), calendarCommand(s), capitalCommand(s),
		}},
		{"look", s.say("预演与查看：", "Rehearse and look:"), []*cobra.Command{
			rehearseCommand(s), listCommand(s), showCommand(s), timelineCommand(s), driftCommand(s), healthCommand(s), rebuildCommand(s),
		}},
		{"year", s.say("签署、付款、续约：", "Sign, pay, renew:"), []*cobra.Command{
			signCommand(s), payCommand(s), designateCommand(s), offerCommand(s), answerCommand(s),
		}},
		{"serve", s.say("扩容、负载、备份：", "Expand, measure, back up:"), []*cobra.Command{
			quoteCommand(s), expandCommand(s), acceptQuoteCommand(s), expandedCommand(s), shortfallCommand(s), backupCommand(s), migrationCommand(s),
		}},
		{"faults", s.say("故障：", "Faults:"), []*cobra.Command{faultCommand(s), reportCommand(s)}},
		{"oncall", s.say("值班与故障服务台：", "On call, fault desk:"), []*cobra.Command{oncallCommand(s), slackCommand(s)}},
		{"change", s.say("变更、争议、终止：", "Change, dispute, end:"), []*cobra.Command{
			amendCommand(s), disputeCommand(s), settleDisputeCommand(s), waiveCommand(s), terminateCommand(s),
			holdCommand(s), releaseHoldCommand(s), confirmCommand(s), destructionCommand(s), retryCommand(s),
		}},
		{"books", s.say("账务：", "Books:"), []*cobra.Command{booksCommand(s)}},
	} {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.title})
		for _, c := range g.commands {
			c.GroupID = g.id
			root.AddCommand(c)
		}
	}
}

// choose answers a command that only groups others: with its help if nothing was asked, else by naming what
// there is.
func (s *session) choose(cmd *cobra.Command) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 && !s.json {
			return cmd.Help()
		}
		names := make([]string, 0, len(cmd.Commands()))
		for _, c := range cmd.Commands() {
			if !c.Hidden {
				names = append(names, c.Name())
			}
		}
		return refusal.BadInput("usage",
			cmd.CommandPath()+" 之后应为以下命令之一："+strings.Join(names, "、"),
			cmd.CommandPath()+" must be followed by one of: "+strings.Join(names, ", "))
	}
}

// wants says what a command takes, in the caller's words, when the number of its arguments is wrong.
func wants(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if least <= len(args) && len(args) <= most {
			return nil
		}
		return refusal.BadInput("usage",
			"用法："+cmd.UseLine()+"（"+cmd.CommandPath()+" --help 有示例）",
			"usage: "+cmd.UseLine()+" (see "+cmd.CommandPath()+" --help for an example)")
	}
}

var digitFlag = regexp.MustCompile(`^unknown shorthand flag: '[0-9.]' in (-[0-9.]+)$`)

// badUsage says in the caller's language what is wrong with a flag; what the parser says else stays English.
func badUsage(err error) error {
	if number := digitFlag.FindStringSubmatch(err.Error()); number != nil {
		return refusal.BadInput("usage", "命令行有误："+number[1]+" 是负数，这里不可以",
			number[1]+" is below zero, which nothing here may be")
	}
	zh := strings.NewReplacer(
		"unknown flag: ", "没有选项 ", "unknown shorthand flag: ", "没有选项 ", "flag needs an argument: ", "选项后面缺少值：",
		"invalid argument ", "值不对：", ` for "`, ` 不能用于 "`, `" flag: `, `"：`,
	).Replace(err.Error())
	return refusal.BadInput("usage", "命令行有误："+zh, err.Error())
}

// completion puts the command that writes completion scripts into the caller's language.
func (s *session) completion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() != "completion" {
			continue
		}
		c.Short = s.say("生成命令行补全脚本", "write a completion script for a shell")
		c.Long = c.Short
		c.Example = "  source <(starter completion bash)"
		for _, shell := range c.Commands() {
			shell.Example = "  source <(starter completion " + shell.Name() + ")"
			shell.Short = s.say(shell.Name()+" 的补全脚本", "the script for "+shell.Name())
		}
	}
}

// suggest completes the flag's value with its choices.
func suggest(c *cobra.Command, flag string, choices ...string) {
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)) // fails for an unknown flag only
}

// plainUseLines leaves the word for flags to the template, which knows the caller's language.
func plainUseLines(c *cobra.Command) {
	c.DisableFlagsInUseLine = true
	for _, sub := range c.Commands() {
		plainUseLines(sub)
	}
}

func (s *session) usageTemplate(english string) string {
	options := s.say(" [选项]", " [flags]")
	english = strings.Replace(english, "{{.UseLine}}", "{{.UseLine}}{{if .HasAvailableFlags}}"+options+"{{end}}", 1)
	if s.lang != "zh" {
		return english
	}
	return strings.NewReplacer(
		"Usage:", "用法：", "Aliases:", "别名：", "Examples:", "示例：",
		"Available Commands:", "命令：", "Additional Commands:", "其他命令：",
		"Global Flags:", "通用选项：", "Flags:", "选项：",
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`,
		"“{{.CommandPath}} 命令 --help” 显示某个命令的说明。",
		" [command]", " 命令",
	).Replace(english)
}

// Commands are all commands with their help in language lang (zh or en), for documents and tests.
func Commands(lang string) []*cobra.Command {
	root := rootCommand(&session{lang: lang})
	var all []*cobra.Command
	for _, c := range root.Commands() {
		if c.Hidden {
			continue
		}
		all = append(all, c)
		all = append(all, c.Commands()...)
	}
	return all
}
