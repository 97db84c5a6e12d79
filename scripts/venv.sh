#!/bin/sh
# Makes .venv with the first Python that is new enough, or says in one sentence what is missing.
set -eu

find_python() {
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    echo "Cần Python từ 3.11 trở lên: hãy cài (ví dụ: apt install python3 python3-venv) hoặc đặt PYTHON=đường_dẫn." >&2
    exit 1
}

python=$(find_python)
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "Python $version ở máy này thiếu mô-đun venv: hãy cài (ví dụ: apt install python$version-venv)." >&2
    exit 1
fi
.venv/bin/python -c '' 2>/dev/null || "$python" -m venv --clear .venv
