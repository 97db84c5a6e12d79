"""The names of the files that installations exchange."""

CATALOGUE_FILE = "tệp danh mục thủ tục"
PROCESS_FILE = "tệp quy trình"
