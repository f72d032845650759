package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/sheet"
)

// saveSheet writes the rows to the file that was asked for, with their sums below.
func (s *session) saveSheet(r *answer, rows *postgres.Answer) error {
	return saveWhole("xlsx", r.asked.sheet, func(w io.Writer) error {
		lines := func(yield func([]any) bool) {
			for row := range rows.Rows() {
				r.add(row, s.json)
				if !yield(r.inWords(row, s.lang)) {
					return
				}
			}
			if len(r.totals) > 0 {
				yield(r.sums(s.lang))
			}
		}
		if err := sheet.Write(w, r.table(s.lang), lines); err != nil {
			return err
		}
		return rows.Err()
	})
}

// table is the head of the sheet.
func (r *answer) table(lang string) sheet.Table {
	t := sheet.Table{Name: r.asked.title.In(lang), Title: r.heading(lang)}
	for i, c := range r.asked.columns {
		title := refusal.Text{ZH: c.zh, EN: c.en}
		if r.columns[i].Kind == postgres.Amount {
			title = refusal.Text{ZH: c.zh + "（元）", EN: c.en + " (CNY)"}
		}
		t.Columns = append(t.Columns, sheet.Column{Title: title.In(lang), Kind: sheetKinds()[r.columns[i].Kind]})
	}
	return t
}

func sheetKinds() map[postgres.Kind]sheet.Kind {
	return map[postgres.Kind]sheet.Kind{
		postgres.Text: sheet.Text, postgres.Amount: sheet.Amount, postgres.Day: sheet.Day, postgres.Instant: sheet.Instant,
		postgres.Count: sheet.Count, postgres.Flag: sheet.Flag,
	}
}

// inWords is the row with its codes in words.
func (r *answer) inWords(row []any, lang string) []any {
	words := make([]any, len(row))
	for i, value := range row {
		words[i] = value
		if code, is := value.(string); is && r.asked.columns[i].say != nil {
			words[i] = r.asked.columns[i].say(code).In(lang)
		}
	}
	return words
}

// sums is the last line.
func (r *answer) sums(lang string) []any {
	line := make([]any, len(r.columns))
	named := false
	for i, c := range r.columns {
		if sum, is := r.totals[i]; is {
			line[i] = sum
		} else if !named && c.Kind == postgres.Text {
			line[i], named = total().In(lang), true
		}
	}
	return line
}

func total() refusal.Text { return refusal.Text{ZH: "合计", EN: "total"} }

// saveWhole writes a file whole or not at all: it gets its name, the one typed in the field path, when all is in it.
func saveWhole(path, name string, write func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if errors.Is(err, fs.ErrNotExist) {
		zh, en := "没有文件夹 "+filepath.Dir(name), "there is no folder "+filepath.Dir(name)
		return refusal.BadInput("bad_file", path+"："+zh, path+": "+en, refusal.Wrong(path, zh, en))
	}
	if err != nil {
		return fmt.Errorf("make the file %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // the first error says more
		}
	}()
	if err := errors.Join(write(file), file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), name); err != nil {
		return fmt.Errorf("name the file %s: %w", name, err)
	}
	return nil
}
