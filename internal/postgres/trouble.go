package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"lvyue/internal/failure"
	"lvyue/internal/refusal"
)

// SQLSTATEs that mean something to a person; two or three signs are a whole class of them.
const (
	noSuchRole   = "22023" // a setting that the server does not take; of ours, only the role can be unknown
	denied       = "42501"
	noSuchSchema = "3F000"
	noSuchTable  = "42P01"
	taken        = "23505"
	noSuchRow    = "23503"
	badData      = "22"  // values that cannot be stored
	stopping     = "57P" // the server is shutting down
	disconnected = "08"
)

// trouble says what was attempted. A refusal or a failure stays as it is. A server that cannot be reached is the
// failure "database_unreachable", one that went away half-way "database_interrupted", one without our tables
// "database_not_ready". nil stays nil.
func trouble(attempt string, err error) error {
	if err == nil {
		return nil
	}
	if no, ok := refusal.As(err); ok {
		return no
	}
	if known, ok := failure.As(err); ok {
		return known
	}
	err = fmt.Errorf("%s: %w", attempt, err)
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case notReady(err):
		return failure.New("database_not_ready", err,
			"数据库中还没有本系统的表；请先运行 worker，或任一需要引擎的 starter 命令",
			"the database has no tables of ours yet; run the worker, or any command that needs the engine")
	case connecting(err) || pgconn.SafeToRetry(err):
		return failure.New("database_unreachable", err,
			"数据库没有应答；请检查数据库是否在运行以及 DATABASE_URL 是否正确。没有保存任何内容",
			"the database does not answer; check that it runs and that DATABASE_URL is right. Nothing was stored")
	case interrupted(err):
		return failure.New("database_interrupted", err,
			"与数据库的连接中断，无法确定是否已保存；用同一编号重发不会重复",
			"the connection to the database broke; whether this was stored is not known. Sent again under the same id, it counts once")
	default:
		return err
	}
}

func connecting(err error) bool {
	var failed *pgconn.ConnectError
	return errors.As(err, &failed)
}

// notReady tells of a schema that was not migrated: without it, there are no tables, or we are not in the role.
func notReady(err error) bool {
	return state(err, noSuchTable) || state(err, noSuchSchema) ||
		connecting(err) && (state(err, noSuchRole) || state(err, denied))
}

// interrupted tells of a server that went away, or that took longer than the caller would wait.
func interrupted(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || state(err, stopping) || state(err, disconnected)
}

// state tells whether the server answered with an SQLSTATE that begins so.
func state(err error, prefix string) bool {
	var answered *pgconn.PgError
	return errors.As(err, &answered) && strings.HasPrefix(answered.Code, prefix)
}

func unknownContract(number string) *refusal.Refusal {
	return refusal.Rule("unknown_contract", "",
		"没有编号为 "+number+" 的合同。", "there is no contract "+number)
}
