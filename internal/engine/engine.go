// Package engine sets up Temporal in one place: the client, the encryption of histories, the worker, and what
// the server must know before the first contract (search attribute, schedule). It knows no workflow code.
package engine

import (
	"context"
	"fmt"
	"log/slog"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"

	"lvyue/internal/config"
	"lvyue/internal/failure"
)

// TaskQueue is where contracts are served, unless LVYUE_TASK_QUEUE says otherwise.
const TaskQueue = "lvyue"

// Dial connects to the server that the settings name, and checks that it answers. The failure is
// "temporal_unreachable" if it does not, "bad_history_key" if the keys cannot be read.
func Dial(ctx context.Context, settings config.Config, logger *slog.Logger) (client.Client, error) {
	options, err := clientOptions(settings, logger)
	if err != nil {
		return nil, err
	}
	c, err := client.DialContext(ctx, options)
	if err != nil {
		return nil, Unreachable(err)
	}
	return c, nil
}

// Lazy is Dial that connects with the first call, for a command that must first store what it was given.
func Lazy(settings config.Config, logger *slog.Logger) (client.Client, error) {
	options, err := clientOptions(settings, logger)
	if err != nil {
		return nil, err
	}
	c, err := client.NewLazyClient(options)
	if err != nil {
		return nil, fmt.Errorf("set up the Temporal client: %w", err)
	}
	return c, nil
}

// Unreachable is the failure of a server that does not answer.
func Unreachable(cause error) error {
	return failure.New("temporal_unreachable", cause,
		"无法连接 Temporal 服务器；请检查 TEMPORAL_ADDRESS，或运行 make up 启动本地环境",
		"the Temporal server cannot be reached; check TEMPORAL_ADDRESS, or run `make up` to start the local one")
}

func clientOptions(settings config.Config, logger *slog.Logger) (client.Options, error) {
	options := settings.Temporal
	options.Logger = log.NewStructuredLogger(logger)
	if settings.HistoryKeyFile == "" {
		return options, nil
	}
	keys, err := ReadKeys(settings.HistoryKeyFile)
	if err != nil {
		return client.Options{}, err
	}
	options.DataConverter = converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), NewCodec(keys))
	options.FailureConverter = temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{
		DataConverter:          options.DataConverter,
		EncodeCommonAttributes: true,
	})
	return options, nil
}
