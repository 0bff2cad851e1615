import django.db.models.deletion
import synchromesh.plumbing.create_models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_provider_applications'),
        ('accounts', '__first__'),
        ('credentials', '0002_wallet_nonces'),
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Classroom',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('title', models.CharField(max_length=120)),
                        ('kind', models.CharField(choices=[('ev', 'ev'), ('lmt', 'lmt'), ('industrial', 'industrial')], max_length=10)),
                        ('code', models.CharField(max_length=9, unique=True)),
                        ('opened_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passport_classrooms', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-opened_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='ClassroomTeam',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('holder', models.CharField(choices=[('maker', 'Cell maker'), ('carmaker', 'Car maker'), ('workshop', 'Workshop'), ('recycler', 'Recycler'), ('authority', 'Authority')], default='maker', max_length=10)),
                        ('faults', models.JSONField(default=list)),
                        ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='teams', to='passports.classroom')),
                    ],
                    options={
                        'ordering': ['classroom', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('classroom', 'number'), name='classroom_team_number_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='ClassroomSeat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('role', models.CharField(choices=[('maker', 'Cell maker'), ('carmaker', 'Car maker'), ('workshop', 'Workshop'), ('recycler', 'Recycler'), ('authority', 'Authority')], max_length=10)),
                        ('joined_at', models.DateTimeField()),
                        ('classroom', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='passports.classroom')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passport_seats', to=settings.AUTH_USER_MODEL)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='passports.classroomteam')),
                    ],
                    options={
                        'ordering': ['classroom', 'joined_at', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('classroom', 'person'), name='classroom_seat_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Passport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('title', models.CharField(max_length=120)),
                        ('kind', models.CharField(choices=[('ev', 'Electric vehicle'), ('lmt', 'Light means of transport'), ('industrial', 'Industrial, above 2 kWh')], max_length=10)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('made', 'Made'), ('placed', 'On the market'), ('in_use', 'In use'), ('repurposed', 'Repurposed'), ('recycled', 'Recycled'), ('ceased', 'Ceased to exist')], default='draft', max_length=10)),
                        ('origin', models.CharField(choices=[('real', 'Real'), ('starter', 'Starter draft'), ('example', 'Example')], default='real', max_length=10)),
                        ('number', models.PositiveIntegerField(default=0)),
                        ('gtin', models.CharField(blank=True, db_index=True, max_length=14)),
                        ('serial', models.CharField(blank=True, max_length=80)),
                        ('made_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('published_number', models.PositiveIntegerField(blank=True, null=True)),
                        ('ceased_at', models.DateTimeField(blank=True, null=True)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passports', to='accounts.organisation')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passports', to=settings.AUTH_USER_MODEL)),
                        ('predecessor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='successors', to='passports.passport')),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passports', to='passports.classroomteam')),
                    ],
                    options={
                        'ordering': ['-changed_at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('owner', None), ('organisation', None), _connector='OR'), name='passport_one_owner'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_number', None)), models.Q(('published_at__isnull', False), ('published_number__isnull', False)), _connector='OR'), name='passport_published_with_version'), models.UniqueConstraint(condition=models.Q(models.Q(('gtin', ''), _negated=True), models.Q(('serial', ''), _negated=True), ('published_at__isnull', False)), fields=('gtin', 'serial'), name='passport_published_identity_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='LifeCycleEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(choices=[('made', 'Made'), ('placed', 'Placed on the market'), ('used', 'Values of use recorded'), ('repurposed', 'Repurposed'), ('recycled', 'Recycled'), ('ceased', 'Passport ceased to exist')], max_length=10)),
                        ('role', models.CharField(choices=[('maker', 'Cell maker'), ('carmaker', 'Car maker'), ('workshop', 'Workshop'), ('recycler', 'Recycler'), ('authority', 'Authority')], max_length=10)),
                        ('happened_on', models.DateField()),
                        ('before', models.PositiveIntegerField()),
                        ('number', models.PositiveIntegerField()),
                        ('changed', models.JSONField(default=list)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('recorded_by', models.CharField(max_length=40)),
                        ('recorded_at', models.DateTimeField()),
                        ('passport', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='passports.passport')),
                    ],
                    options={
                        'ordering': ['passport', 'recorded_at', 'id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'used'), _negated=True), fields=('passport', 'kind'), name='passport_event_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PassportGrant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('secret_sha256', models.CharField(blank=True, max_length=64)),
                        ('tier', models.CharField(choices=[('interest', 'Legitimate interest'), ('authority', 'Authority')], max_length=10)),
                        ('role', models.CharField(blank=True, choices=[('maker', 'Cell maker'), ('carmaker', 'Car maker'), ('workshop', 'Workshop'), ('recycler', 'Recycler'), ('authority', 'Authority')], max_length=10)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('granted_by', models.CharField(max_length=40)),
                        ('made_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passport_grants', to='accounts.organisation')),
                        ('passport', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='passports.passport')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passport_grants', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['passport', '-made_at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation', None), ('person__isnull', False), ('secret_sha256', '')), models.Q(('organisation__isnull', False), ('person', None), ('secret_sha256', '')), models.Q(('organisation', None), ('person', None), models.Q(('secret_sha256', ''), _negated=True)), _connector='OR'), name='passport_grant_one_receiver'), models.UniqueConstraint(condition=models.Q(('secret_sha256', ''), _negated=True), fields=('secret_sha256',), name='passport_grant_link_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='PassportSignature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('number', models.PositiveIntegerField(help_text='Of the signed version.')),
                        ('files', models.JSONField(help_text='Signed tokens by owner, authority, interest and public.')),
                        ('issued_by', models.CharField(max_length=40)),
                        ('issued_at', models.DateTimeField()),
                        ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.signingkey')),
                        ('passport', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='passports.passport')),
                    ],
                    options={
                        'ordering': ['passport', '-issued_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='PassportVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('data', models.JSONField(help_text='The document of engine.passport_models.writing.')),
                        ('changed', models.JSONField(default=list, help_text='Keys of the fields that differ from the version before.')),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('made_by', models.CharField(max_length=40)),
                        ('made_at', models.DateTimeField()),
                        ('passport', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='passports.passport')),
                    ],
                    options={
                        'ordering': ['passport', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('passport', 'number'), name='passport_version_number_unique')],
                    },
                ),
            ],
        ),
    ]
