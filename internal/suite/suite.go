// Package suite is the interface of the provider's own products (§3.1) to whoever operates them: the command that installs
// and sets them on a server, and the paths under which a running system tells of itself, gives its data and takes it.
// Nouns only; nobody is called here.
package suite

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// The paths of a running system, beside the products' own. All want the header "Authorization: Bearer TOKEN" and answer
// 401 without it, and 409 with {"error"} while the system cannot do it.
const (
	// Describe (GET) answers a Description.
	Describe = "/operator/system"
	// Count (GET) answers Counts.
	Count = "/operator/counts"
	// Database (GET, PUT) is the whole database as text that can be loaded without us; GET heeds a Range header. PUT
	// replaces the database.
	Database = "/operator/database"
	// Files (GET, PUT) is a tar of all attachments and pictures; GET heeds a Range header. PUT replaces the files.
	Files = "/operator/files"
	// Freeze (PUT, a Frozen) lets the system answer but take no changes, or take them again.
	Freeze = "/operator/freeze"
	// Test (POST, a Message) sends one test message through an interface of §3.3 and answers a Sent.
	Test = "/operator/test-message"
)

// Description is what a system tells of itself.
type Description struct {
	// Products are those installed and started, by code.
	Products []Installed `json:"products"`
	// Bits is 32 or 64 (§3.7).
	Bits int `json:"bits"`
	// DiskGB is the size of the file system that holds the files, DiskUsedGB what of it is taken.
	DiskGB     int `json:"disk_gb"`
	DiskUsedGB int `json:"disk_used_gb"`
	// Settings are the parameters in force.
	Settings map[string]string `json:"settings"`
	Frozen   bool              `json:"frozen"`
}

// Installed is a product and its release, "OA" and "8.4.2".
type Installed struct {
	Code    string `json:"code"`
	Release string `json:"release"`
}

// Counts are what two systems with the same data agree on, to the byte.
type Counts struct {
	Tables []Table `json:"tables"`
	Files  Content `json:"files"`
}

// Table is one table of the database: its rows, and the SHA-256 in hex of its part of the dump.
type Table struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// Content is how many files there are, their bytes, and the SHA-256 in hex of their tar.
type Content struct {
	Files  int64  `json:"files"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Frozen is the body of Freeze.
type Frozen struct {
	Frozen bool `json:"frozen"`
}

// Message is the body of Test: the interface is one of the form's, "wechat-work", "sms", "mail".
type Message struct {
	Interface string `json:"interface"`
	To        string `json:"to"`
	Text      string `json:"text"`
}

// Sent is the answer to a test message.
type Sent struct {
	MessageID string `json:"message_id"`
}

// Token is a secret of one contract's system: 64 hexadecimal digits that follow from the provider's secret, the contract's
// number and the purpose ("operator" for the paths above, "database" for the password), so that none needs to be stored.
func Token(secret, contract, purpose string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(contract + "|" + purpose))
	return hex.EncodeToString(mac.Sum(nil))
}
