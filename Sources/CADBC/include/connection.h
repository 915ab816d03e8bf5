#ifndef ESPALIER_ADBC_CONNECTION_H
#define ESPALIER_ADBC_CONNECTION_H

#include "adbc.h"

/// A connection by an ADBC driver whose library is opened when it is needed. adbc.h is Apache Arrow's, as it stands there.
typedef struct EspalierAdbc EspalierAdbc;

/// Opens a connection. NULL where that fails: `*message`, which the caller frees, then says why.
/// `option` and `value`, NULL where there is none, are handed to the driver beside the address.
EspalierAdbc *espalier_adbc_open(
    const char *driver, const char *uri, const char *option, const char *value, char **message);

/// Runs one statement, whose rows come from `rows`; the caller releases them before `espalier_adbc_finish`.
/// 0, or a status of ADBC and a `*message`, which the caller frees.
int espalier_adbc_run(EspalierAdbc *connection, const char *sql, struct ArrowArrayStream *rows, char **message);

/// Ends the statement that ran last.
void espalier_adbc_finish(EspalierAdbc *connection);

/// Stops the statement that runs; from any thread, and while none runs it does nothing.
void espalier_adbc_cancel(EspalierAdbc *connection);

void espalier_adbc_close(EspalierAdbc *connection);

#endif
