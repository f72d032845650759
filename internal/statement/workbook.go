package statement

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"lvyue/internal/workday"
)

const (
	// largestWorkbook is the size in bytes of the largest workbook after unzipping.
	largestWorkbook = 256 << 20
	// densest is how many times larger than the file a workbook of more than smallWorkbook bytes may be; sheets of
	// real movements reach about 30.
	densest       = 100
	smallWorkbook = 4 << 20
)

// openWorkbook sees each sheet of a workbook as a table. The workbook stays in memory: with equal limits excelize
// makes no temporary files, so that nothing is there to close.
func openWorkbook(content []byte) ([]table, error) {
	if err := checkArchive(content); err != nil {
		return nil, err
	}
	var tables []table
	err := guarded(func() error {
		book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{
			RawCellValue: true, UnzipSizeLimit: largestWorkbook, UnzipXMLSizeLimit: largestWorkbook,
		})
		if err != nil {
			return fmt.Errorf("open workbook: %w", err)
		}
		tables, err = sheets(book)
		return err
	})
	if err != nil {
		return nil, damaged()
	}
	return tables, nil
}

// checkArchive unzips once, only to check sizes and sums: excelize takes a part that breaks off for a whole one.
func checkArchive(content []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return damaged()
	}
	limit := uint64(max(smallWorkbook, min(largestWorkbook, densest*len(content))))
	var size uint64
	for _, part := range archive.File {
		size += part.UncompressedSize64
		if part.UncompressedSize64 > limit || size > limit {
			return refused("工作簿解压后过大，不予打开", "the workbook is too large when unzipped and was not opened")
		}
	}
	for _, part := range archive.File {
		if err := checkPart(part); err != nil {
			return damaged()
		}
	}
	return nil
}

// checkPart fails if the part's bytes do not have the size and the sum that the archive states.
func checkPart(part *zip.File) error {
	r, err := part.Open()
	if err != nil {
		return fmt.Errorf("open part %s: %w", part.Name, err)
	}
	_, err = io.Copy(io.Discard, r) //nolint:gosec // the reader ends at the size that was checked above
	if err = errors.Join(err, r.Close()); err != nil {
		return fmt.Errorf("unzip part %s: %w", part.Name, err)
	}
	return nil
}

// sheets are the workbook's sheets in the order of their tabs.
func sheets(book *excelize.File) ([]table, error) {
	epoch, err := epochOf(book)
	if err != nil {
		return nil, err
	}
	var tables []table
	for _, name := range book.GetSheetList() {
		tables = append(tables, table{epoch: epoch, rows: sheetRows(book, name)})
	}
	return tables, nil
}

// epochOf is day 0 of the workbook's day numbers. Excel counts from 1900 with a 29 February that did not exist, so
// that days from March 1900 on count from 1899-12-30; workbooks of old Macs count from 1904.
func epochOf(book *excelize.File) (workday.Date, error) {
	settings, err := book.GetWorkbookProps()
	if err != nil {
		return workday.Date{}, fmt.Errorf("read the workbook's settings: %w", err)
	}
	if settings.Date1904 != nil && *settings.Date1904 {
		return workday.NewDate(1904, 1, 1)
	}
	return workday.NewDate(1899, 12, 30)
}

// errPanic is a workbook so damaged that excelize did not return.
var errPanic = errors.New("the workbook could not be read")

// guarded runs a step of excelize, which panics on some damaged workbooks.
func guarded(step func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errPanic
		}
	}()
	return step()
}

func damaged() error {
	return refused("XLSX 文件已损坏或不完整，请重新导出", "the XLSX file is damaged or incomplete; export it again")
}
