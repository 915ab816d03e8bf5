#include "connection.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct EspalierAdbc {
    struct AdbcDriver driver;
    struct AdbcDatabase database;
    struct AdbcConnection connection;
    struct AdbcStatement statement;
    /// Held while `statement` comes or goes, so that it is not cancelled meanwhile.
    pthread_mutex_t lock;
    int has_statement;
};

/// The error's own words, or a stand-in; releases the error.
static char *words(struct AdbcError *error, const char *otherwise) {
    char *copy = strdup(error->message && error->message[0] ? error->message : otherwise);
    if (error->release) error->release(error);
    return copy;
}

EspalierAdbc *espalier_adbc_open(
    const char *driver, const char *uri, const char *option, const char *value, char **message) {
    // Never closed again: a driver may have left threads and handlers of its own.
    void *library = dlopen(driver, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const char *reason = dlerror();
        *message = strdup(reason ? reason : "the library cannot be opened");
        return NULL;
    }
    AdbcDriverInitFunc init = (AdbcDriverInitFunc)dlsym(library, "AdbcDriverInit");
    if (!init) {
        *message = strdup("the library is no ADBC driver");
        return NULL;
    }
    EspalierAdbc *own = calloc(1, sizeof *own);
    struct AdbcError error = {0};
    if (init(ADBC_VERSION_1_1_0, &own->driver, &error) != ADBC_STATUS_OK) {
        *message = words(&error, "the driver does not start");
        free(own);
        return NULL;
    }
    pthread_mutex_init(&own->lock, NULL);
    own->database.private_driver = &own->driver;
    own->connection.private_driver = &own->driver;
    if (own->driver.DatabaseNew(&own->database, &error) != ADBC_STATUS_OK ||
        own->driver.DatabaseSetOption(&own->database, ADBC_OPTION_URI, uri, &error) != ADBC_STATUS_OK ||
        (option && own->driver.DatabaseSetOption(&own->database, option, value, &error) != ADBC_STATUS_OK) ||
        own->driver.DatabaseInit(&own->database, &error) != ADBC_STATUS_OK ||
        own->driver.ConnectionNew(&own->connection, &error) != ADBC_STATUS_OK ||
        own->driver.ConnectionInit(&own->connection, &own->database, &error) != ADBC_STATUS_OK) {
        *message = words(&error, "the database cannot be reached");
        espalier_adbc_close(own);
        return NULL;
    }
    return own;
}

int espalier_adbc_run(EspalierAdbc *own, const char *sql, struct ArrowArrayStream *rows, char **message) {
    struct AdbcError error = {0};
    espalier_adbc_finish(own);
    pthread_mutex_lock(&own->lock);
    own->statement.private_driver = &own->driver;
    AdbcStatusCode status = own->driver.StatementNew(&own->connection, &own->statement, &error);
    own->has_statement = status == ADBC_STATUS_OK;
    pthread_mutex_unlock(&own->lock);
    if (status == ADBC_STATUS_OK) status = own->driver.StatementSetSqlQuery(&own->statement, sql, &error);
    if (status == ADBC_STATUS_OK) {
        int64_t affected = 0;
        status = own->driver.StatementExecuteQuery(&own->statement, rows, &affected, &error);
    }
    if (status != ADBC_STATUS_OK) *message = words(&error, "the statement failed");
    return status;
}

void espalier_adbc_finish(EspalierAdbc *own) {
    struct AdbcError error = {0};
    pthread_mutex_lock(&own->lock);
    if (own->has_statement) own->driver.StatementRelease(&own->statement, &error);
    if (error.release) error.release(&error);
    own->has_statement = 0;
    memset(&own->statement, 0, sizeof own->statement);
    pthread_mutex_unlock(&own->lock);
}

void espalier_adbc_cancel(EspalierAdbc *own) {
    struct AdbcError error = {0};
    pthread_mutex_lock(&own->lock);
    if (own->has_statement && own->driver.StatementCancel) own->driver.StatementCancel(&own->statement, &error);
    pthread_mutex_unlock(&own->lock);
    if (error.release) error.release(&error);
}

void espalier_adbc_close(EspalierAdbc *own) {
    struct AdbcError error = {0};
    espalier_adbc_finish(own);
    if (own->connection.private_data) own->driver.ConnectionRelease(&own->connection, &error);
    if (own->database.private_data) own->driver.DatabaseRelease(&own->database, &error);
    if (error.release) error.release(&error);
    if (own->driver.release) own->driver.release(&own->driver, &error);
    pthread_mutex_destroy(&own->lock);
    free(own);
}
