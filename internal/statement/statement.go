// Package statement reads the bank's statement files as finance exports them: CSV in UTF-8 or GB18030, and XLSX.
//
// A statement is read whole or not at all: one bad line refuses the file, and the refusal names every bad line.
// The package never guesses about money. What a line leaves open (a sign, a currency, a digit that a spreadsheet
// has rounded away) is refused. It opens no file, has no clock, and does not know what a movement pays for.
package statement

import (
	"crypto/sha256"
	"encoding/hex"

	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// Line is one movement on the bank account as the statement tells it. The texts are trimmed and without control
// characters; line breaks inside a text have become single spaces.
type Line struct {
	// Number is the line of a CSV file or the row of a sheet as a person counts, from 1, header included. A
	// movement whose quoted fields run over several lines has the number of the first.
	Number int
	// On is the civil day in Shanghai; a time of day in the file is dropped.
	On workday.Date
	// Amount is above 0 for a credit (money in), below 0 for a debit (money out), and never 0.
	Amount money.CNY
	// Reference is the bank's number of the movement: 1–64 characters, once in a statement.
	Reference string
	// Payer is the name of the other side, also where money went out; at most 500 characters, as are the next two.
	Payer        string
	PayerAccount string
	// Memo holds all columns that are a memo (摘要, 附言, …), parted by " / " in the order of the file.
	Memo string
}

// Statement is a file that was read whole.
type Statement struct {
	// Name is the file's name as the caller gave it; it decides nothing.
	Name string
	// SHA256 is the hex digest of the file's bytes.
	SHA256 string
	// Lines are the movements in the order of the file, at least one.
	Lines []Line
}

// Read reads a statement of at most 64 MB. today is the day up to which a movement can have happened. The kind of
// file is told from its content.
//
// Every refusal is the bad input "bad_statement". It lists each wrong field with its column ("date", "amount",
// "reference", …) and its line, the first 200 of them and then how many more there are; a file that is no
// statement at all has a sentence alone.
func Read(name string, content []byte, today workday.Date) (Statement, error) {
	tables, err := open(content)
	if err != nil {
		return Statement{}, err
	}
	head, err := findHeader(tables)
	if err != nil {
		return Statement{}, err
	}
	lines, err := readLines(head, today)
	if err != nil {
		return Statement{}, err
	}
	digest := sha256.Sum256(content)
	return Statement{Name: name, SHA256: hex.EncodeToString(digest[:]), Lines: lines}, nil
}
