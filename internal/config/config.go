// Package config is everything that a person sets from outside: flags, environment, the Temporal profile, and
// the local stack that `make up` left behind. It reads settings; it opens no connection.
package config

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"

	"lvyue/internal/failure"
)

// Config is one set of settings.
type Config struct {
	// Temporal says how the server is reached: address, namespace, TLS, API key, remote codec.
	Temporal client.Options
	// DatabaseURL is the PostgreSQL connection (DATABASE_URL).
	DatabaseURL Secret
	// Schema is LVYUE_SCHEMA; empty means the production schema.
	Schema string
	// TaskQueue is LVYUE_TASK_QUEUE; empty means the engine's.
	TaskQueue string
	// HistoryKeyFile is LVYUE_HISTORY_KEY_FILE; empty means histories in the clear.
	HistoryKeyFile string
	// ReadyFile is LVYUE_READY_FILE, where a worker tells that it serves; empty means nowhere.
	ReadyFile string
	// StackDir is the folder of the local stack, such as /src/lvyue/.dev; empty when none was found.
	StackDir string
	// Vendors is whom a worker buys from.
	Vendors Vendors
	// Backup is where copies are kept outside the cloud.
	Backup Backup
	// ExportURL is where packages for customers that leave are kept (LVYUE_EXPORT_URL, also with _FILE), such as
	// file:///mnt/handover, outside Aliyun. Beside the simulator it is a folder of the local stack, or memory without one; empty
	// means that a migration off waits until it is set (§3.8).
	ExportURL Secret
	// Paging is how people are reached though Slack is down.
	Paging Paging
	// Desk is the fault desk's own.
	Desk Desk
}

// Flags are settings from the command line; they win over everything else. Empty means not given.
type Flags struct {
	Profile   string
	Address   string
	Namespace string
}

// Env is the environment of a process.
type Env = envconfig.EnvLookup

// Load reads the settings. Explicit ones win: flags, then environment, then the Temporal profile, then the
// local stack found in one of the dirs or above it, the first that has one. Without an address of a Temporal server and a database it is the
// failure "not_connected". Secrets may stand in a file named by the variable with _FILE at its end.
func Load(flags Flags, env Env, dirs ...string) (Config, error) {
	stack, err := firstLocalStack(dirs)
	if err != nil {
		return Config{}, failure.New("bad_settings", err,
			"无法读取本地环境的状态文件 .dev/state.json；请先运行 make down，再运行 make up",
			"the local stack's .dev/state.json cannot be read; run `make down`, then `make up`")
	}
	temporal, err := loadTemporal(flags, env, stack)
	if err != nil {
		return Config{}, err
	}
	r := reader{env: env}
	c := Config{
		Temporal:       temporal,
		DatabaseURL:    cmp.Or(r.secret("DATABASE_URL"), stack.DatabaseURL),
		Schema:         r.text("LVYUE_SCHEMA"),
		TaskQueue:      r.text("LVYUE_TASK_QUEUE"),
		HistoryKeyFile: r.text("LVYUE_HISTORY_KEY_FILE"),
		ReadyFile:      r.text("LVYUE_READY_FILE"),
		StackDir:       stack.Dir,
		Vendors:        readVendors(&r),
	}
	c.ExportURL = readExport(&r, c.Vendors.Cloud, c.StackDir)
	c.Paging, c.Desk = readPaging(&r), readDesk(&r)
	c.Backup = readBackup(&r, c.Vendors.Cloud, c.StackDir)
	if r.err != nil {
		return Config{}, r.err
	}
	if c.Temporal.HostPort == "" || c.DatabaseURL == "" {
		return Config{}, notConnected()
	}
	return c, nil
}

func loadTemporal(flags Flags, env Env, stack localStack) (client.Options, error) {
	profile, err := envconfig.LoadClientConfigProfile(envconfig.LoadClientConfigProfileOptions{
		ConfigFileProfile: flags.Profile,
		EnvLookup:         env,
	})
	if err != nil {
		return client.Options{}, badTemporal(err)
	}
	explicit := cmp.Or(flags.Address, profile.Address)
	if explicit == "" {
		profile.Namespace = cmp.Or(profile.Namespace, stack.Namespace)
	}
	profile.Address = cmp.Or(explicit, stack.Address)
	profile.Namespace = cmp.Or(flags.Namespace, profile.Namespace, client.DefaultNamespace)
	options, err := profile.ToClientOptions(envconfig.ToClientOptionsRequest{IncludeRemoteCodec: true})
	if err != nil {
		return client.Options{}, badTemporal(err)
	}
	return options, nil
}

func badTemporal(err error) error {
	return failure.New("bad_settings", err,
		"Temporal 的连接设置有误（TEMPORAL_* 变量或配置文件）："+err.Error(),
		"the settings of the Temporal connection are wrong (TEMPORAL_* variables or profile): "+err.Error())
}

func notConnected() error {
	return failure.New("not_connected", nil,
		"没有找到引擎：请运行 make up 启动本地环境，或设置 TEMPORAL_ADDRESS 和 DATABASE_URL",
		"no engine was found: run `make up` to start the local one, or set TEMPORAL_ADDRESS and DATABASE_URL")
}

// reader reads variables and keeps the first error.
type reader struct {
	env Env
	err error
}

func (r *reader) text(name string) string {
	value, _ := r.env.LookupEnv(name)
	return value
}

func (r *reader) textOr(name, otherwise string) string { return cmp.Or(r.text(name), otherwise) }

// seconds reads a whole number of them, between 1 and most; without the variable, otherwise.
func (r *reader) seconds(name string, otherwise time.Duration, most int) time.Duration {
	text := r.text(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if (err != nil || n < 1 || n > most) && r.err == nil {
		r.err = failure.New("bad_settings", err,
			fmt.Sprintf("变量 %s 须为 1 至 %d 的整数", name, most), fmt.Sprintf("%s must be a whole number from 1 to %d", name, most))
	}
	return time.Duration(n) * time.Second
}

// secret reads the variable, or the file that name_FILE names, without the newline at its end.
func (r *reader) secret(name string) Secret {
	if value := r.text(name); value != "" {
		return Secret(value)
	}
	path := r.text(name + "_FILE")
	if path == "" {
		return ""
	}
	data, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil && r.err == nil {
		r.err = failure.New("bad_settings", fmt.Errorf("read %s_FILE: %w", name, err),
			"变量 "+name+"_FILE 所指的文件无法读取："+path,
			"the file named by "+name+"_FILE cannot be read: "+path)
	}
	return Secret(trimNewline(data))
}
