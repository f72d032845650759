package postgres

import (
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"lvyue/internal/failure"
	"lvyue/internal/refusal"
)

// SQLSTATEs that mean something to a person.
const (
	noSuchRole   = "22023" // a setting that the server does not accept; of ours, only the role can be unknown
	noSuchSchema = "3F000"
	noSuchTable  = "42P01"
	taken        = "23505"
	badData      = "22"    // the class of values that cannot be stored
	stopping     = "57P"   // the class of a server that is shutting down
	disconnected = "08"    // the class of connections that broke
	tooMany      = "53300" // connections
)

// trouble says what was attempted. A refusal stays as it is; a database that does not answer is the failure
// "database_unreachable", one without our tables "database_not_ready". nil stays nil.
func trouble(attempt string, err error) error {
	if err == nil {
		return nil
	}
	if no, ok := refusal.As(err); ok {
		return no
	}
	err = fmt.Errorf("%s: %w", attempt, err)
	switch {
	case unreachable(err):
		return failure.New("database_unreachable", err,
			"数据库没有应答；请检查数据库是否在运行以及 DATABASE_URL 是否正确。没有保存任何内容",
			"the database does not answer; check that it runs and that DATABASE_URL is right. Nothing was stored")
	case state(err, noSuchRole), state(err, noSuchTable), state(err, noSuchSchema):
		return failure.New("database_not_ready", err,
			"数据库中还没有本系统的表；请先运行 worker，或任一需要引擎的 starter 命令",
			"the database has no tables of ours yet; run the worker, or any command that needs the engine")
	default:
		return err
	}
}

func unreachable(err error) bool {
	var connecting *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &connecting) {
		return !state(err, noSuchRole)
	}
	return errors.As(err, &network) || state(err, stopping) || state(err, disconnected) || state(err, tooMany)
}

// state tells whether the server answered with an SQLSTATE that begins so.
func state(err error, prefix string) bool {
	var answered *pgconn.PgError
	return errors.As(err, &answered) && strings.HasPrefix(answered.Code, prefix)
}

func unknownContract(number string) *refusal.Refusal {
	return refusal.Rule("unknown_contract", "7.4",
		fmt.Sprintf("没有编号为 %s 的合同。", number), fmt.Sprintf("there is no contract %s", number))
}
