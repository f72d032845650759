package aliyunsim

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"lvyue/internal/hosting"
)

// thing is one resource of the account.
type thing struct {
	Kind    hosting.Kind      `json:"kind"`
	ID      string            `json:"id"`
	Region  string            `json:"region"`
	Zone    string            `json:"zone,omitempty"`
	Name    string            `json:"name,omitempty"`
	CIDR    string            `json:"cidr,omitempty"`
	Tags    map[string]string `json:"tags,omitempty"`
	VPC     string            `json:"vpc,omitempty"`
	VSwitch string            `json:"vswitch,omitempty"`
	Group   string            `json:"group,omitempty"`
	// Type is the instance type of a server, or the class of a database; GB is the storage of a database.
	Type string `json:"type,omitempty"`
	GB   int    `json:"gb,omitempty"`
	// Change is what a database is changing to.
	Change *change `json:"change,omitempty"`
	// Protected is that no call deletes it.
	Protected bool `json:"protected,omitempty"`
	// Subscription is that it is paid ahead; nil: pay-as-you-go.
	Subscription *subscription `json:"subscription,omitempty"`
	// Private is the address of a server in its network. Stopped servers do nothing. Agent is that the monitoring agent
	// is installed on it.
	Private string `json:"private,omitempty"`
	Stopped bool   `json:"stopped,omitempty"`
	Agent   bool   `json:"agent,omitempty"`
	// Openings are the rules of a security group.
	Openings []opening `json:"openings,omitempty"`
	// Inner is what there is on a database server.
	Inner *inner `json:"inner,omitempty"`
	// Lead is a DNS record.
	Lead *lead `json:"lead,omitempty"`
	// Image is what a server was started from.
	Image string `json:"image,omitempty"`
	// Instance is the server that a disk is attached to or an EIP is bound to.
	Instance string `json:"instance,omitempty"`
	// Volume is what there is to a disk, and to a snapshot of one.
	Volume *volume `json:"volume,omitempty"`
	// Disk is, for a snapshot, the disk that it was taken from, which may be gone.
	Disk string `json:"disk,omitempty"`
	// Snapshots are what an image consists of.
	Snapshots []string `json:"snapshots,omitempty"`
	// Schedule is when a snapshot policy takes snapshots.
	Schedule *schedule `json:"schedule,omitempty"`
	// Balancer is what a load balancer spreads over.
	Balancer *balancer `json:"balancer,omitempty"`
	// Address and Bandwidth are an EIP's; a load balancer has an Address too, and a server may have one that goes with it.
	Address   string `json:"address,omitempty"`
	Bandwidth string `json:"bandwidth,omitempty"`
	// Database is, for a backup, the database that it was taken from.
	Database string `json:"database,omitempty"`
	// CopyIn is, for a backup that is a copy, the other region where it is kept.
	CopyIn string `json:"copy_in,omitempty"`
	// Job is the number of the task that took a backup; 0 for the vendor's own.
	Job int `json:"job,omitempty"`
	// Method is how a backup was taken. File is the data in it, as of its beginning.
	Method string `json:"method,omitempty"`
	File   []byte `json:"file,omitempty"`
	// KeepNoBackup is, for a database, that its backups go with it; KeepAllBackups, that all of them stay.
	KeepNoBackup   bool      `json:"keep_no_backup,omitempty"`
	KeepAllBackups bool      `json:"keep_all_backups,omitempty"`
	CreatedAt      time.Time `json:"created_at"`
	ReadyAt        time.Time `json:"ready_at"`
}

// in reports whether the thing stands in or depends on the other.
func (t *thing) in(other string) bool {
	return t.VPC == other || t.VSwitch == other || t.Group == other
}

// state is all that the account holds; it is what a state file keeps.
type state struct {
	Things map[string]*thing `json:"things"`
	// Orders are the answers that were given under a client token, by action and token.
	Orders map[string]order `json:"orders"`
	// Ordered counts the resources that were ever created for themselves.
	Ordered int `json:"ordered"`
	// Jobs counts the backups that were ever taken on demand.
	Jobs int `json:"jobs,omitempty"`
	// Balance is what the account has, in yuan; Purchases are the orders that took of it, or wait for more.
	Balance   decimal.Decimal `json:"balance"`
	Purchases []*purchase     `json:"purchases,omitempty"`
	// Runs are the commands that were sent to servers, by the vendor's id and the server's; Commands counts the requests.
	Runs     map[string]*run `json:"runs,omitempty"`
	Commands int             `json:"commands,omitempty"`
	// SoldOut are the names of types, categories and classes that cannot be had.
	SoldOut []string `json:"sold_out,omitempty"`

	tariff *tariff
	loads  map[string]Load // by id, for as long as the process lives
}

// order is one creation and its answer, so that the same token gets the same answer. Code, with Status and Message, is a
// refusal.
type order struct {
	Params  string          `json:"params"`
	Answer  json.RawMessage `json:"answer,omitempty"`
	Status  int             `json:"status,omitempty"`
	Code    string          `json:"code,omitempty"`
	Message string          `json:"message,omitempty"`
}

// add puts a newly ordered resource into the account, with an id that follows from the seed alone.
func (s *state) add(prefix, seed string, t thing) *thing {
	if seed == "" {
		seed = fmt.Sprintf("number %d", s.Ordered)
	}
	s.Ordered++
	return s.put(prefix, seed, t)
}

// put is add for what comes along with something else, and was not ordered for itself.
func (s *state) put(prefix, seed string, t thing) *thing {
	sum := sha256.Sum256([]byte(string(t.Kind) + " " + seed))
	t.ID = prefix + hex.EncodeToString(sum[:])[:17]
	s.Things[t.ID] = &t
	return &t
}

// goesAlong reports whether the thing stands and falls with another that is there.
func (s *state) goesAlong(t *thing) bool {
	_, alive := s.Things[t.Database]
	return t.Kind == hosting.Disk && t.Instance != "" && t.Volume.DeleteWithInstance ||
		t.Kind == hosting.Backup && alive && t.CopyIn == ""
}

// get finds a resource by kind and id within its region, or refuses with the vendor's code.
func (s *state) get(kind hosting.Kind, region, id, notFound string) (*thing, error) {
	t, ok := s.Things[id]
	if !ok || t.Kind != kind || t.Region != region {
		return nil, refuse(http.StatusNotFound, notFound, "The specified resource %q does not exist.", id)
	}
	return t, nil
}

// uses finds a thing that still depends on id.
func (s *state) uses(id string, kinds ...hosting.Kind) bool {
	for _, t := range s.Things {
		if t.in(id) && slices.Contains(kinds, t.Kind) {
			return true
		}
	}
	return false
}

// load reads a state file; one that does not exist yet is an empty account.
func load(path string) (state, error) {
	s := state{Things: map[string]*thing{}, Orders: map[string]order{}}
	if path == "" {
		return s, nil
	}
	text, err := os.ReadFile(path) //nolint:gosec // the path is the operator's own setting
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read simulator state: %w", err)
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("read simulator state %s: %w", path, err)
	}
	return s, nil
}

// save replaces the state file whole, so that a crash leaves the old one or the new one.
func (s *state) save(path string) error {
	if path == "" {
		return nil
	}
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write simulator state: %w", err)
	}
	next := filepath.Clean(path) + ".next"
	if err := os.WriteFile(next, text, 0o600); err != nil {
		return fmt.Errorf("write simulator state: %w", err)
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("write simulator state: %w", err)
	}
	return nil
}
