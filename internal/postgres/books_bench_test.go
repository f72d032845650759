package postgres_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"lvyue/internal/postgres"
	"lvyue/internal/privatepg"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// portfolioOf is a store with the books of so many contracts: 24 postings and 50 lines each.
func portfolioOf(b *testing.B, contracts int) *postgres.Store {
	b.Helper()
	store := testkit.Spoiled(b)
	if err := store.LayOutCalendar(b.Context()); err != nil {
		b.Fatal(err)
	}
	seed, err := os.ReadFile("testdata/portfolio.sql")
	if err != nil {
		b.Fatal(err)
	}
	c := connected(b, testkit.DatabaseURL(b), store.Schema())
	for _, sql := range []string{
		triggers("DISABLE"), strings.ReplaceAll(string(seed), "@contracts", strconv.Itoa(contracts)), "VACUUM ANALYZE",
	} {
		if _, err := c.Exec(b.Context(), sql); err != nil {
			b.Fatal(err)
		}
	}
	return store
}

// triggers does that to every trigger of the schema.
func triggers(do string) string {
	return `DO $$ DECLARE name text; BEGIN
		FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
			EXECUTE format('ALTER TABLE %I ` + do + ` TRIGGER ALL', name);
		END LOOP;
	END $$`
}

func connected(b *testing.B, url, schema string) *pgx.Conn {
	b.Helper()
	ctx := context.WithoutCancel(b.Context())
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := c.Close(ctx); err != nil {
			b.Error(err)
		}
	})
	if _, err := c.Exec(ctx, "SET search_path = "+pgx.Identifier{schema}.Sanitize()); err != nil {
		b.Fatal(err)
	}
	return c
}

// closings close fifteen months of the portfolio.
const closings = `
	ALTER TABLE month_close ENABLE TRIGGER carry_forward;
	INSERT INTO month_close (month, closed_by, closed_at)
	SELECT m, 'li', m + interval '1 month 3 days' FROM generate_series('2024-01-01'::date, '2025-03-01', '1 month') AS m`

// asking is a question with the time in which it must be answered.
type asking struct {
	name   string
	target time.Duration
	postgres.Question
}

// BenchmarkBooks_Questions asks books of 20,000 contracts, 480,000 postings and 1,000,000 lines, as of a past day and as
// known at a past instant. The targets are for two cores: what counts is p99/target.
func BenchmarkBooks_Questions(b *testing.B) {
	const contracts = 20_000
	store := portfolioOf(b, contracts)
	trialBalance := asking{"a trial balance", 200 * time.Millisecond, postgres.Question{
		View: "books_trial_balance", Columns: []string{"account", "debit", "credit", "balance"},
	}}
	balance := asking{"the balance of one account", 50 * time.Millisecond, postgres.Question{
		View: "books_trial_balance", Columns: []string{"balance"},
		Where: []postgres.Condition{{Column: "account", Is: postgres.Equal, Value: "2205"}},
	}}
	for _, a := range []asking{
		{"a statement", 5 * time.Millisecond, postgres.Question{View: "books_statement", Columns: []string{
			"effective_on", "document", "number", "about", "debit", "credit", "applied", "balance", "recorded_at", "actor", "key",
		}}},
		{"the aging of all contracts", 200 * time.Millisecond, postgres.Question{View: "books_aging", Columns: []string{
			"contract", "customer", "not_due", "d1_30", "d31_60", "d61_90", "over_90", "total", "oldest_due",
		}}},
		trialBalance, balance,
	} {
		b.Run(a.name, func(b *testing.B) { a.run(b, store, contracts) })
	}
	if _, err := connected(b, testkit.DatabaseURL(b), store.Schema()).Exec(b.Context(), closings); err != nil {
		b.Fatal(err)
	}
	for _, a := range []asking{trialBalance, balance} {
		b.Run(a.name+", months closed", func(b *testing.B) { a.run(b, store, contracts) })
	}
}

func (a asking) run(b *testing.B, store *postgres.Store, contracts int) {
	b.Helper()
	a.AsOf, a.KnownAt = workday.MustDate("2025-06-30"), workday.MustDate("2025-07-02").Start()
	var took []time.Duration
	for b.Loop() {
		if a.View == "books_statement" {
			number := fmt.Sprintf("B-%05d", 1+rand.IntN(contracts))
			a.Where = []postgres.Condition{{Column: "contract", Is: postgres.Equal, Value: number}}
		}
		start := time.Now()
		rows := 0
		err := store.Ask(b.Context(), a.Question, func(answer *postgres.Answer) error {
			for range answer.Rows() {
				rows++
			}
			return answer.Err()
		})
		if err != nil || rows == 0 {
			b.Fatalf("%d rows (%v)", rows, err)
		}
		took = append(took, time.Since(start))
	}
	last := percentile(took, 99)
	b.ReportMetric(milliseconds(percentile(took, 50)), "p50-ms")
	b.ReportMetric(milliseconds(last), "p99-ms")
	b.ReportMetric(float64(last)/float64(a.target), "p99/target")
}

// BenchmarkBooks_Audit checks every invariant of books of 20,000 contracts. The target is for two cores.
func BenchmarkBooks_Audit(b *testing.B) {
	const target = 30 * time.Second
	store := portfolioOf(b, 20_000)
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if _, _, err := store.Audit(b.Context()); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	b.ReportMetric(percentile(took, 99).Seconds(), "p99-s")
	b.ReportMetric(float64(percentile(took, 99))/float64(target), "p99/target")
}

func percentile(all []time.Duration, n int) time.Duration {
	slices.Sort(all)
	return all[min(len(all)-1, len(all)*n/100)]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// plainTables take the same rows without triggers and constraints: bare ones have nothing else either, indexed ones have
// the indexes by which the books are asked.
const plainTables = `
	CREATE TABLE bare_txn (LIKE ledger_txn INCLUDING IDENTITY INCLUDING DEFAULTS);
	CREATE TABLE bare_entry (LIKE ledger_entry INCLUDING DEFAULTS);
	CREATE TABLE indexed_txn (LIKE ledger_txn INCLUDING IDENTITY INCLUDING DEFAULTS INCLUDING INDEXES);
	CREATE TABLE indexed_entry (LIKE ledger_entry INCLUDING DEFAULTS INCLUDING INDEXES);
	ALTER TABLE bare_entry ALTER amount TYPE numeric, ALTER account TYPE text;
	ALTER TABLE indexed_entry ALTER amount TYPE numeric, ALTER account TYPE text;
	GRANT SELECT, INSERT ON bare_txn, bare_entry, indexed_txn, indexed_entry TO lvyue_app`

// BenchmarkBooks_Writers posts through the real tables and, in turn, into plain ones, each posting in a transaction of
// its own, on a server that flushes to its disk. real/bare and real/indexed are the shares of the plain speeds that are
// left; the faster the disk, the less of them.
func BenchmarkBooks_Writers(b *testing.B) {
	url := durable(b)
	post, err := os.ReadFile("query/post.sql")
	if err != nil {
		b.Fatal(err)
	}
	into := func(tables string) string {
		return strings.NewReplacer("INTO ledger_", "INTO "+tables+"_", "ON CONFLICT (key) DO NOTHING", "").Replace(string(post))
	}
	for _, writers := range []int{1, 4, 16} {
		b.Run(fmt.Sprintf("%d writers", writers), func(b *testing.B) {
			pool := poster(b, url, writers)
			books, bare, indexed := &pace{sql: string(post)}, &pace{sql: into("bare")}, &pace{sql: into("indexed")}
			for b.Loop() {
				for _, p := range []*pace{books, bare, indexed} {
					p.round(b, pool, writers)
				}
			}
			b.ReportMetric(books.rate(), "postings/s")
			b.ReportMetric(milliseconds(percentile(books.took, 99)), "p99-ms")
			b.ReportMetric(bare.rate(), "bare/s")
			b.ReportMetric(milliseconds(percentile(bare.took, 99)), "bare-p99-ms")
			b.ReportMetric(books.rate()/bare.rate(), "real/bare")
			b.ReportMetric(books.rate()/indexed.rate(), "real/indexed")
		})
	}
}

// pace is how fast a statement posts: how long each posting took, and how long all of them together.
type pace struct {
	sql  string
	took []time.Duration
	in   time.Duration
}

func (p *pace) round(b *testing.B, pool *pgxpool.Pool, writers int) {
	b.Helper()
	const postings = 2_000
	took, in := postAll(b, pool, p.sql, writers, postings)
	p.took, p.in = append(p.took, took...), p.in+in
}

// rate is in postings a second.
func (p *pace) rate() float64 { return float64(len(p.took)) / p.in.Seconds() }

// durable is a server of its own that keeps what it has committed.
func durable(b *testing.B) string {
	b.Helper()
	dir, err := os.MkdirTemp("", "lvyue-bench-")
	if err != nil {
		b.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil { // PostgreSQL's own user must pass
		b.Fatal(err)
	}
	server, err := privatepg.Start(b.Context(), privatepg.Options{Dir: dir + "/data"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := server.Stop(); err != nil {
			b.Error(err)
		}
		if err := os.RemoveAll(dir); err != nil {
			b.Error(err)
		}
	})
	return server.URL()
}

// poster is the product's connections to a fresh schema with a thousand contracts, and with plain tables.
func poster(b *testing.B, url string, writers int) *pgxpool.Pool {
	b.Helper()
	schema := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "_")
	store, err := postgres.Open(b.Context(), url, schema)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	if err := store.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	forms := "INSERT INTO contract_form (number, hash, terms, capital) SELECT 'W-' || n, 'x', '{}', 'x' FROM generate_series(0, 999) AS n"
	if _, err := connected(b, url, schema).Exec(b.Context(), plainTables+";"+forms); err != nil {
		b.Fatal(err)
	}
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		b.Fatal(err)
	}
	config.MaxConns = int32(writers)
	config.ConnConfig.RuntimeParams["search_path"] = pgx.Identifier{schema}.Sanitize() + ", pg_temp"
	config.ConnConfig.RuntimeParams["role"] = "lvyue_app"
	pool, err := pgxpool.NewWithConfig(b.Context(), config)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(pool.Close)
	return pool
}

var posted atomic.Int64

// postAll makes so many postings, shared by the writers; took is how long each took, in how long all together.
func postAll(b *testing.B, pool *pgxpool.Pool, sql string, writers, postings int) (took []time.Duration, in time.Duration) {
	b.Helper()
	took = make([]time.Duration, postings)
	var next atomic.Int64
	var everyone sync.WaitGroup
	start := time.Now()
	for range writers {
		everyone.Go(func() {
			for i := next.Add(1) - 1; i < int64(postings); i = next.Add(1) - 1 {
				n := posted.Add(1)
				began := time.Now()
				_, err := pool.Exec(b.Context(), sql, pgx.StrictNamedArgs{
					"key": fmt.Sprintf("W-%d/step/%d/apply/1", n%1000, n), "document": "allocation", "contract": fmt.Sprintf("W-%d", n%1000),
					"effective_on": "2025-10-09", "actor": "chen", "accounts": []string{"2203", "1122"}, "own": []bool{true, true},
					"amounts": []string{"100.00", "-100.00"},
				})
				if err != nil {
					b.Error(err)
					return
				}
				took[i] = time.Since(began)
			}
		})
	}
	everyone.Wait()
	return took, time.Since(start)
}
