package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"

	"github.com/spf13/cobra"

	"lvyue/internal/backup"
	"lvyue/internal/config"
	"lvyue/internal/failure"
	"lvyue/internal/offsite"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// restoredDocument tells where the plain files of a copy are.
type restoredDocument struct {
	Contract string          `json:"contract"`
	Folder   string          `json:"folder"`
	Files    []string        `json:"files"`
	Manifest backup.Manifest `json:"manifest"`
}

func backupRestoreCommand(s *session) *cobra.Command {
	var day, to, by string
	c := &cobra.Command{
		Use: "restore NUMBER", Args: wants(1, 1),
		Short: s.say("解密一份备份，存为普通文件和清单，无需本系统即可读取；谁读取会留下记录（§7.1）",
			"decipher a copy into plain files and a manifest, readable without us; who reads it is recorded (§7.1)"),
		Example: "  starter backup restore HT-2025-001 --copy 2026-03-02 --to ./restored",
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			var in input
			number, date, folder := in.number(args[0]), in.date("copy", day), in.required("to", to)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.restore(ctx, number, date, folder, by)
		}),
	}
	c.Flags().StringVar(&day, "copy", "", s.say("哪一天的备份", "the copy of which day"))
	c.Flags().StringVar(&to, "to", "", s.say("存放的目录，须不存在或为空", "the folder, which must be empty or not there"))
	c.Flags().StringVar(&by, "by", "", s.say("谁读取（默认操作系统用户）", "who reads it (default: the user of the operating system)"))
	return c
}

func (s *session) restore(ctx context.Context, number string, day workday.Date, folder, by string) (reply, error) {
	known, err := s.goodCopy(ctx, number, day)
	if err != nil {
		return reply{}, err
	}
	vault, err := s.vault(ctx)
	if err != nil {
		return reply{}, err
	}
	defer vault.Close()
	if err := vault.Check(ctx, known); err != nil {
		return reply{}, useless(err)
	}
	if err := emptyFolder(folder); err != nil {
		return reply{}, err
	}
	if err := s.store.NoteOffsiteReading(ctx, number, day, reader(by), absolute(folder)); err != nil {
		return reply{}, err
	}
	m, err := vault.Restore(ctx, number, day, offsite.Folder(folder))
	if err == nil {
		err = offsite.Folder(folder).Explain(m)
	}
	if err != nil {
		return reply{}, useless(err)
	}
	d := restoredDocument{Contract: number, Folder: folder, Files: []string{offsite.DatabaseFile, offsite.FilesFile, offsite.ManifestFile}, Manifest: m}
	return reply{document: d, print: func(p *paper) { p.restored(d) }}, nil
}

// goodCopy is the good copy of a day, or the newest for no day; else it is the refusal "no_copy".
func (s *session) goodCopy(ctx context.Context, number string, day workday.Date) (backup.Copy, error) {
	store, err := s.open(ctx)
	if err != nil {
		return backup.Copy{}, err
	}
	if _, err := store.OffsiteStanding(ctx, number); err != nil {
		return backup.Copy{}, err
	}
	copies, err := store.OffsiteCopies(ctx, number)
	if err != nil {
		return backup.Copy{}, err
	}
	return backup.Choose(number, copies, day)
}

// vault opens the stores that the settings name. They must last: what a worker keeps in its memory is not seen from here.
func (s *session) vault(ctx context.Context) (*offsite.Vault, error) {
	settings, err := s.settings()
	if err != nil {
		return nil, err
	}
	if err := settings.Backup.Check(config.Aliyun); err != nil {
		return nil, err
	}
	return offsite.Open(ctx, storesOf(settings, s.store.Schema()), nil)
}

func storesOf(settings config.Config, schema string) offsite.Options {
	return offsite.Options{Copies: settings.Backup.CopiesURL.Reveal(), Keys: settings.Backup.KeysURL.Reveal(), Engine: schema}
}

// useless says in a sentence that a copy is damaged; any other error stays as it is.
func useless(err error) error {
	if !backup.Useless(err) {
		return fmt.Errorf("restore: %w", err)
	}
	return failure.New("copy_damaged", err,
		"这份备份已损坏或无法解密，没有恢复任何内容；请用 starter backup list 另选一份（§3.9）",
		"this copy is damaged or cannot be deciphered, and nothing was restored; choose another by starter backup list (§3.9)")
}

// emptyFolder makes a folder for the caller alone, unless it is there and empty.
func emptyFolder(name string) error {
	const owner = 0o700
	found, err := os.ReadDir(name)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.MkdirAll(name, owner)
	}
	if err != nil || len(found) > 0 {
		return refusal.BadInput("bad_folder", "to："+name+" 不是可写的空目录", "to: "+name+" is not an empty folder that can be written",
			refusal.Wrong("to", "须为空目录或尚不存在", "must be an empty folder, or not there"))
	}
	return nil
}

// reader is who reads a copy.
func reader(by string) string {
	if by != "" {
		return by
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}

func absolute(folder string) string {
	if path, err := filepath.Abs(folder); err == nil {
		return path
	}
	return folder
}

func (p *paper) restored(d restoredDocument) {
	p.line("%s 合同 %s 的 %s 备份已恢复到 %s", "%s the copy of %s of %s is restored to %s", p.paint(good, "✓"), d.Contract, d.Manifest.Day, d.Folder)
	for _, name := range d.Files {
		p.line("  %s", "  %s", name)
	}
}
