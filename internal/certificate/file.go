package certificate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lvyue/internal/evidence"
	"lvyue/internal/failure"
	"lvyue/internal/refusal"
)

// File is a certificate with the evidence on which it rests, as it is handed to the customer.
type File struct {
	Certificate Certificate     `json:"certificate"`
	Evidence    []evidence.Link `json:"evidence"`

	read []json.Token // as it was read; nil for one that was made here
}

// Read takes a certificate from a file's content; what is none is the bad input "not_a_certificate".
func Read(data []byte) (File, error) {
	var f File
	if err := json.Unmarshal(data, &f); err != nil || len(f.Evidence) == 0 {
		return File{}, refusal.BadInput("not_a_certificate", "这不是销毁证明文件", "this file is no certificate of destruction")
	}
	f.read = tokens(data)
	return f, nil
}

// tokens are what a JSON text says, apart from white space and escapes: what a reader could take it for, were a field
// there twice or under a name that means nothing here, is among them.
func tokens(data []byte) []json.Token {
	var all []json.Token
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	for {
		token, err := decoder.Token()
		if err != nil {
			return all
		}
		all = append(all, token)
	}
}

// Verify checks a certificate by what it carries alone: the chain holds ("evidence_broken"), and the certificate says
// just what the chain says ("certificate_altered"). That the chain is ours shows by its head, which both parties have:
// another one than head is "other_head"; an empty head is not compared.
func (f File) Verify(head string) error {
	if at := evidence.Broken(f.Certificate.Contract, f.Evidence); at > 0 {
		return failure.New("evidence_broken", nil, fmt.Sprintf("证据链在第 %d 条处断开", at),
			fmt.Sprintf("the evidence chain is broken at event %d", at))
	}
	if f.Certificate.Version < inTheCloud || f.Certificate.Version > everywhere {
		return failure.New("other_version", nil, "该证明由其他版本出具，本程序不能核验",
			"another release made this certificate; this one cannot check it")
	}
	again, err := Of(f.Certificate.Contract, f.Evidence)
	if err != nil {
		return err
	}
	if !f.says(again) {
		return failure.New("certificate_altered", nil, "证明内容与其证据不符",
			"the certificate does not say what its evidence says")
	}
	if head = strings.ToLower(strings.TrimSpace(head)); head != "" && head != f.Certificate.Head {
		return failure.New("other_head", nil, "证据链头与所给指纹不符：证明中为 "+f.Certificate.Head,
			"the chain's head is another one than was given: "+f.Certificate.Head)
	}
	return nil
}

// says tells whether the file says what the other one says, and nothing else.
func (f File) says(other File) bool {
	read := f.read
	if read == nil {
		read = written(f)
	}
	wanted := written(other)
	return len(wanted) > 0 && slices.Equal(read, wanted)
}

func written(f File) []json.Token {
	data, err := json.Marshal(f)
	if err != nil {
		return nil
	}
	return tokens(data)
}
