//go:build unix

package privatepg

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lvyue/internal/refusal"
)

// oldest is the first major version that the product is tested on.
const oldest = 15

// binaries are the programs of one PostgreSQL installation.
type binaries struct {
	dir   string
	major int
}

func (b binaries) path(name string) string { return filepath.Join(b.dir, name) }

// places are where packages put PostgreSQL's programs: Debian, Red Hat, Homebrew on both processors,
// Postgres.app. What PATH names comes first.
func places() []string {
	var dirs []string
	if found, err := exec.LookPath("postgres"); err == nil {
		if program, err := filepath.EvalSymlinks(found); err == nil {
			dirs = append(dirs, filepath.Dir(program))
		}
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",
		"/usr/pgsql-*/bin",
		"/opt/homebrew/opt/postgresql*/bin",
		"/usr/local/opt/postgresql*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
		"/usr/local/pgsql/bin",
	} {
		matches, err := filepath.Glob(pattern)
		if err == nil {
			dirs = append(dirs, matches...)
		}
	}
	return dirs
}

// findBinaries takes the newest installation from version 15 on or, when dataDir already holds a cluster,
// one of the cluster's own version: PostgreSQL reads no other's files.
func findBinaries(ctx context.Context, dataDir string) (binaries, error) {
	want, err := versionOf(dataDir)
	if err != nil {
		return binaries{}, err
	}
	return newest(installations(ctx, places()), want)
}

// newest chooses among the installations found: version want, or any when want is 0.
func newest(found []binaries, want int) (binaries, error) {
	byAge := slices.Clone(found)
	slices.SortStableFunc(byAge, func(a, b binaries) int { return b.major - a.major })
	for _, b := range byAge {
		if b.major >= oldest && (want == 0 || b.major == want) {
			return b, nil
		}
	}
	return binaries{}, missing(want)
}

func missing(want int) error {
	version := strconv.Itoa(max(want, oldest))
	if want == 0 {
		return refusal.BadInput("postgresql_missing",
			"找不到 PostgreSQL "+version+" 或更高版本的程序：Debian 上请执行 apt-get install postgresql，macOS 上请执行 brew install postgresql@17，或者把 DATABASE_URL 设为已有的数据库。",
			"PostgreSQL "+version+" or newer was not found: on Debian run apt-get install postgresql, on macOS run brew install postgresql@17, or set DATABASE_URL to a database you have.")
	}
	return refusal.BadInput("postgresql_missing",
		"数据目录属于 PostgreSQL "+version+"，但找不到这一版本的程序：Debian 上请执行 apt-get install postgresql-"+version+"，macOS 上请执行 brew install postgresql@"+version+"，或者把 DATABASE_URL 设为已有的数据库。",
		"the data folder belongs to PostgreSQL "+version+", whose programs were not found: on Debian run apt-get install postgresql-"+version+", on macOS run brew install postgresql@"+version+", or set DATABASE_URL to a database you have.")
}

// installations asks each folder's postgres for its version; folders without one, or without initdb, do not
// count.
func installations(ctx context.Context, dirs []string) []binaries {
	var found []binaries
	for _, dir := range dirs {
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
			continue
		}
		out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output() //nolint:gosec // where packages put it
		if err != nil {
			continue
		}
		if major := majorIn(string(out)); major > 0 {
			found = append(found, binaries{dir: dir, major: major})
		}
	}
	return found
}

// majorIn reads "postgres (PostgreSQL) 15.18 (Debian …)", also of betas ("17beta1"); 0 when there is none.
func majorIn(version string) int {
	m := regexp.MustCompile(`\(PostgreSQL\) (\d+)`).FindStringSubmatch(version)
	if m == nil {
		return 0
	}
	major, err := strconv.Atoi(m[1])
	if err != nil {
		return 0
	}
	return major
}

// versionOf is the major version of the cluster in dir, 0 when there is none yet.
func versionOf(dir string) (int, error) {
	text, err := os.ReadFile(filepath.Join(dir, "PG_VERSION")) //nolint:gosec // our own data folder
	if os.IsNotExist(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the cluster's version: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("%s is not a PostgreSQL data folder: %w", dir, err)
	}
	return major, nil
}
