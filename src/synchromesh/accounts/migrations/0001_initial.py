import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import synchromesh.plumbing.create_models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('email', models.EmailField(blank=True, max_length=254, null=True)),
                        ('sign_in_name', models.CharField(max_length=254, unique=True)),
                        ('name', models.CharField(blank=True, max_length=120)),
                        ('language', models.CharField(default='en', max_length=2)),
                        ('is_alliance_staff', models.BooleanField(default=False)),
                        ('is_active', models.BooleanField(default=True)),
                        ('origin', models.CharField(choices=[('real', 'Real'), ('example', 'Example')], default='real', max_length=10)),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('origin', models.CharField(choices=[('real', 'Real'), ('starter', 'Starter draft'), ('example', 'Example')], default='real', max_length=10)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('import_source', models.CharField(blank=True, max_length=80)),
                        ('external_id', models.CharField(blank=True, max_length=200)),
                        ('source_url', models.URLField(blank=True, max_length=1000)),
                        ('source_on', models.DateField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('slug', models.SlugField(max_length=120, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('stated_type', models.CharField(blank=True, help_text='What the source calls it.', max_length=100)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('url', models.URLField(blank=True, max_length=1000)),
                        ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.country')),
                        ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.region')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('import_source', 'external_id'), name='organisation_source_external_id_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('member', 'Member'), ('editor', 'Editor'), ('manager', 'Manager')], default='member', max_length=10)),
                        ('since', models.DateTimeField(auto_now_add=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='accounts.organisation')),
                    ],
                    options={
                        'ordering': ['organisation', 'person'],
                        'constraints': [models.UniqueConstraint(fields=('person', 'organisation'), name='membership_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('code_hash', models.CharField(max_length=64, unique=True)),
                        ('role', models.CharField(choices=[('member', 'Member'), ('editor', 'Editor'), ('manager', 'Manager')], default='member', max_length=10)),
                        ('created_by', models.CharField(max_length=40)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('expires_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(blank=True, null=True)),
                        ('used_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='accounts.organisation')),
                    ],
                    options={
                        'ordering': ['-created_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationKindOf',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('provider', 'Training provider'), ('employer', 'Employer'), ('region', 'Regional body'), ('member', 'Alliance member'), ('assessment-centre', 'Assessment centre'), ('school', 'School')], max_length=20)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kinds', to='accounts.organisation')),
                    ],
                    options={
                        'ordering': ['kind'],
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'kind'), name='organisation_kind_unique')],
                    },
                ),
            ],
        ),
    ]
