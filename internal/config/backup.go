package config

import (
	"path/filepath"
	"strings"

	"lvyue/internal/failure"
)

// Backup is where the copies outside the cloud are kept (§3.9).
type Backup struct {
	// CopiesURL and KeysURL are the stores of the enciphered copies and of the keys that open them (LVYUE_BACKUP_URL and
	// LVYUE_BACKUP_KEYS_URL, each also with _FILE), such as file:///mnt/offsite/copies. Beside the simulator they are folders of the
	// local stack; without a stack they are in memory, as the simulator's account is.
	CopiesURL, KeysURL Secret
	// DrillHost is a system into which copies are restored for proof, and which loses what it has (LVYUE_BACKUP_DRILL_HOST).
	// Beside the simulator it is a simulated one. Empty means that nothing is restored for proof.
	DrillHost string
}

func readBackup(r *reader, cloud Cloud, stackDir string) Backup {
	b := Backup{
		CopiesURL: r.secret("LVYUE_BACKUP_URL"), KeysURL: r.secret("LVYUE_BACKUP_KEYS_URL"),
		DrillHost: r.text("LVYUE_BACKUP_DRILL_HOST"),
	}
	switch {
	case cloud == Aliyun || b.CopiesURL != "" || b.KeysURL != "":
	case stackDir != "":
		folder := "file://" + filepath.ToSlash(stackDir) + "/offsite/"
		b.CopiesURL, b.KeysURL = Secret(folder+"copies"), Secret(folder+"keys")
	case cloud == AliyunSim:
		b.CopiesURL, b.KeysURL = "mem://", "mem://"
	}
	return b
}

func readExport(r *reader, cloud Cloud, stackDir string) Secret {
	url := r.secret("LVYUE_EXPORT_URL")
	switch {
	case cloud != AliyunSim || url != "":
		return url
	case stackDir != "":
		return Secret("file://" + filepath.ToSlash(stackDir) + "/handover")
	default:
		return "mem://"
	}
}

// Check tells whether copies can be kept there. The failure is "no_backup_store" when a store is missing, or forgets what it
// holds although the contracts are real.
func (b Backup) Check(cloud Cloud) error {
	forgets := func(url Secret) bool { return strings.HasPrefix(url.Reveal(), "mem:") }
	if b.CopiesURL != "" && b.KeysURL != "" && (cloud != Aliyun || (!forgets(b.CopiesURL) && !forgets(b.KeysURL))) {
		return nil
	}
	return failure.New("no_backup_store", nil,
		"没有指定异地备份的存储（§3.9）：请设置 LVYUE_BACKUP_URL 与 LVYUE_BACKUP_KEYS_URL，例如 file:///mnt/offsite/copies 与 file:///mnt/keys",
		"no store is named for the off-site copies (§3.9): set LVYUE_BACKUP_URL and LVYUE_BACKUP_KEYS_URL, such as "+
			"file:///mnt/offsite/copies and file:///mnt/keys")
}
