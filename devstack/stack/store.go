package stack

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	sqliteschema "go.temporal.io/server/schema/sqlite"
	"go.temporal.io/server/tools/common/schema"
	"go.temporal.io/server/tools/sql"
)

// Store is where Temporal keeps its workflows.
type Store string

// The stores. Memory is gone at Stop; File is SQLite in the stack's folder; Postgres is the databases
// `temporal` and `temporal_visibility` beside the application's.
const (
	StoreMemory   Store = "memory"
	StoreFile     Store = "file"
	StorePostgres Store = "postgres"
)

// store is what Temporal's configuration wants to know. The number of shards is fixed for the life of the
// data, so it is settled per kind of store and never changes.
type store struct {
	workflows, visibility *config.SQL
	shards                int32
}

// openStore brings the store's schema up to date.
func openStore(o Options, databaseURL string) (store, error) {
	switch o.Store {
	case StoreMemory, "":
		return sqliteStore(&config.SQL{
			PluginName:        sqlite.PluginName,
			DatabaseName:      uuid.NewString(), // a shared cache is shared by name, throughout the process
			ConnectAttributes: map[string]string{"mode": "memory", "cache": "shared"},
		}), nil
	case StoreFile:
		return openFile(o.Dir)
	case StorePostgres:
		return openPostgres(databaseURL)
	default:
		return store{}, fmt.Errorf("there is no such store; choose %s, %s or %s", StoreMemory, StoreFile, StorePostgres)
	}
}

func sqliteStore(c *config.SQL) store {
	return store{workflows: c, visibility: c, shards: 1}
}

// openFile makes the file beside its place and moves it there, so that a start cut short leaves no half-made
// store.
func openFile(dir string) (store, error) {
	if dir == "" {
		return store{}, errors.New("a file needs a folder")
	}
	path := filepath.Join(dir, "temporal.db")
	if _, err := os.Stat(path); os.IsNotExist(err) {
		if err := makeFile(path); err != nil {
			return store{}, err
		}
	}
	return sqliteStore(&config.SQL{
		PluginName:   sqlite.PluginName,
		DatabaseName: path,
		ConnectAttributes: map[string]string{
			"mode": "rwc", "journal_mode": "wal", "synchronous": "normal", "busy_timeout": "10000",
		},
	}), nil
}

func makeFile(path string) error {
	making := path + ".new"
	if err := os.RemoveAll(making); err != nil {
		return fmt.Errorf("clear a start cut short: %w", err)
	}
	c := config.SQL{PluginName: sqlite.PluginName, DatabaseName: making, ConnectAttributes: map[string]string{"mode": "rwc"}}
	if err := sqliteschema.SetupSchema(&c); err != nil {
		return fmt.Errorf("make %s: %w", path, err)
	}
	if err := os.Rename(making, path); err != nil {
		return fmt.Errorf("move the new store into place: %w", err)
	}
	return nil
}

// openPostgres creates the two databases if need be and applies the schema versions they lack.
func openPostgres(databaseURL string) (store, error) {
	workflows, err := database(databaseURL, "temporal", "temporal")
	if err != nil {
		return store{}, err
	}
	visibility, err := database(databaseURL, "temporal_visibility", "visibility")
	if err != nil {
		return store{}, err
	}
	return store{workflows: workflows, visibility: visibility, shards: 4}, nil
}

func database(databaseURL, name, schemaName string) (*config.SQL, error) {
	base, err := connection(databaseURL)
	if err != nil {
		return nil, err
	}
	target := *base
	target.DatabaseName = name
	creating := target
	// DoCreateDatabase swaps the name in the configuration that it is given.
	if err := sql.DoCreateDatabase(&creating, base.DatabaseName, log.NewNoopLogger()); err != nil {
		return nil, fmt.Errorf("create database %s: %w", name, err)
	}
	if err := update(&target, "postgresql/v12/"+schemaName); err != nil {
		return nil, fmt.Errorf("schema of %s: %w", name, err)
	}
	return &target, nil
}

func update(c *config.SQL, schemaName string) error {
	logger := log.NewNoopLogger()
	conn, err := sql.NewConnection(c, logger)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ReadSchemaVersion(); err != nil {
		setup := schema.NewSetupSchemaTask(conn, &schema.SetupConfig{InitialVersion: "0.0"}, logger)
		if err := setup.Run(); err != nil {
			return fmt.Errorf("set up: %w", err)
		}
	}
	if err := schema.NewUpdateSchemaTask(conn, &schema.UpdateConfig{SchemaName: schemaName}, logger).Run(); err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return nil
}

// connection reads a postgres URL into Temporal's own terms; parameters (sslmode, host of a socket) go
// through.
func connection(databaseURL string) (*config.SQL, error) {
	u, err := url.Parse(databaseURL)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || len(u.Path) < 2 {
		// The URL may hold a password, so it is not in the message.
		return nil, errors.New("the database must be given as postgres://user:password@host:port/database")
	}
	password, _ := u.User.Password()
	attributes := map[string]string{}
	for key, values := range u.Query() {
		attributes[key] = values[0]
	}
	return &config.SQL{
		PluginName:        postgresql.PluginNamePGX,
		User:              u.User.Username(),
		Password:          password,
		ConnectAddr:       u.Host,
		ConnectProtocol:   "tcp",
		DatabaseName:      u.Path[1:],
		ConnectAttributes: attributes,
		MaxConns:          20,
		MaxIdleConns:      20,
	}, nil
}
